// Candles of one instrument at several scales. Level 0 is what the file holds; each further level joins four neighbours, so
// that a drawing touches about as many candles as it has pixels, and still shows every extreme.
const joined = 4;

function readCandles(source) {
  const level = emptyLevel(source.start_ms, source.interval_ms, source.count);
  const missing = new Uint8Array(source.count);
  const runs = unpack(source.missing);
  for (let i = 0; i < runs.length; i += 2) missing.fill(1, runs[i], runs[i] + runs[i + 1]);
  const numbers = unpack(source.prices);
  const scale = 10 ** source.price_decimals;
  let last = 0, at = 0;
  for (let i = 0; i < source.count; i++) {
    if (missing[i]) continue;
    const open = last + numbers[at], close = open + numbers[at + 1];
    level.open[i] = open / scale;
    level.close[i] = close / scale;
    level.high[i] = (Math.max(open, close) + numbers[at + 2]) / scale;
    level.low[i] = (Math.min(open, close) - numbers[at + 3]) / scale;
    last = close;
    at += 4;
  }
  const levels = [level];
  while (levels[levels.length - 1].count > 500) levels.push(join(levels[levels.length - 1]));
  return { name: source.instrument, decimals: source.price_decimals, levels };
}

// A candle whose low is above its high is missing.
function emptyLevel(start, interval, count) {
  return {
    start, interval, count,
    open: new Float64Array(count), close: new Float64Array(count),
    high: new Float64Array(count).fill(-Infinity), low: new Float64Array(count).fill(Infinity),
  };
}

function join(fine) {
  const interval = fine.interval * joined;
  const start = Math.floor(fine.start / interval) * interval;
  const lead = (fine.start - start) / fine.interval;
  const coarse = emptyLevel(start, interval, Math.ceil((fine.count + lead) / joined));
  for (let i = 0; i < fine.count; i++) {
    if (fine.low[i] > fine.high[i]) continue;
    const at = Math.floor((i + lead) / joined);
    if (coarse.low[at] > coarse.high[at]) coarse.open[at] = fine.open[i];
    coarse.close[at] = fine.close[i];
    coarse.high[at] = Math.max(coarse.high[at], fine.high[i]);
    coarse.low[at] = Math.min(coarse.low[at], fine.low[i]);
  }
  return coarse;
}

// The finest level whose candles are at least so long.
function levelFor(levels, shortest) {
  return levels.find(level => level.interval >= shortest) || levels[levels.length - 1];
}
