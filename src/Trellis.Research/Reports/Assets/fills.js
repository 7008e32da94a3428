// Fills by instrument, in order of time.
function readFills(source) {
  const times = unpackSteps(source.times, 1);
  const prices = unpackSteps(source.prices, 10 ** source.price_decimals);
  const codes = unpack(source.codes), names = unpack(source.names);
  const quantities = unpack(source.quantities), counts = unpack(source.counts);
  const byInstrument = new Map();
  for (let i = 0; i < times.length; i++) {
    const [bot, instrument] = source.lanes[Math.floor(names[i] / 100000)];
    if (!byInstrument.has(instrument)) {
      byInstrument.set(instrument, { times: [], prices: [], sells: [], kinds: [], labels: [], quantities: [], counts: [] });
    }
    const fills = byInstrument.get(instrument);
    fills.times.push(source.start_ms + times[i] * source.interval_ms);
    fills.prices.push(prices[i]);
    fills.sells.push(codes[i] % 2);
    fills.kinds.push(source.kinds[Math.floor(codes[i] / 2)]);
    fills.labels.push(`${bot} ${source.slots[names[i] % 100000]}`);
    fills.quantities.push(quantities[i] / 10 ** source.quantity_decimals);
    fills.counts.push(counts[i]);
  }
  return byInstrument;
}
