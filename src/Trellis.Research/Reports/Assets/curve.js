// Equity along the run: its last, lowest and highest value per stretch of time, the drawdown that follows from them, the value of
// holding, and exposure. Points stand at the end of their stretch.
function readCurve(source, from, to, start) {
  const scale = 10 ** source.decimals;
  const equity = unpackSteps(source.equity, scale);
  const held = unpackSteps(source.held, scale);
  const exposure = unpackSteps(source.notional_of_equity, 10000);
  const below = unpack(source.below), above = unpack(source.above);
  const count = equity.length;
  const times = new Float64Array(count), low = new Float64Array(count), high = new Float64Array(count);
  const drawdown = new Float64Array(count), deepest = new Float64Array(count);
  let peak = start;
  for (let i = 0; i < count; i++) {
    times[i] = Math.min(to, Math.max(from, source.start_ms + (i + 1) * source.interval_ms));
    low[i] = equity[i] - below[i] / scale;
    high[i] = equity[i] + above[i] / scale;
    // Whether the peak of a stretch came before its low is not known: the peak before the stretch is surely before it.
    deepest[i] = peak > 0 ? Math.min(0, low[i] / peak - 1) : 0;
    peak = Math.max(peak, high[i]);
    drawdown[i] = peak > 0 ? Math.min(0, equity[i] / peak - 1) : 0;
  }
  return { times, equity, low, high, held, exposure, drawdown, deepest };
}
