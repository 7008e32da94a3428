// Colours that differ in brightness too, and for those who do not tell red from green: blue is up and bought, orange is down and sold.
const palettes = {
  light: { paper: '#ffffff', ink: '#1b1f24', faint: '#5b6470', grid: '#e6e9ee', candle: '#8a94a1', buy: '#0060a8', sell: '#d06000', equity: '#0060a8', band: 'rgba(0,96,168,0.18)', held: '#7b5ea7', drop: 'rgba(208,96,0,0.35)', dropLine: '#a84a00', exposure: 'rgba(91,100,112,0.45)', level: 'rgba(91,100,112,0.4)', ladder: 'rgba(91,100,112,0.08)', stop: '#b00020', hole: 'rgba(120,120,120,0.18)', mark: '#b00020' },
  dark: { paper: '#14171b', ink: '#e8ebef', faint: '#a3adb9', grid: '#272d35', candle: '#7d8896', buy: '#6cb8f5', sell: '#f0a35e', equity: '#6cb8f5', band: 'rgba(108,184,245,0.2)', held: '#c3a6ee', drop: 'rgba(240,163,94,0.35)', dropLine: '#f0a35e', exposure: 'rgba(163,173,185,0.4)', level: 'rgba(163,173,185,0.35)', ladder: 'rgba(163,173,185,0.09)', stop: '#ff7b8a', hole: 'rgba(160,160,160,0.16)', mark: '#ff7b8a' },
};

function formatNumber(value, decimals) {
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

function formatPercent(share) {
  return `${(share * 100).toFixed(Math.abs(share) < 0.1 ? 2 : 1)} %`;
}

function formatTime(time, withClock) {
  const text = new Date(time).toISOString();
  return withClock ? `${text.slice(0, 10)} ${text.slice(11, 16)}` : text.slice(0, 10);
}

// Round steps of 1, 2 or 5 × 10^k, about so many.
function ticks(low, high, wanted) {
  const rough = (high - low) / wanted;
  if (!(rough > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(candidate => candidate >= rough);
  const found = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) found.push(Math.abs(value) < step / 1e6 ? 0 : value);
  return found;
}

const minute = 60000, hour = 60 * minute, day = 24 * hour;
const timeSteps = [minute, 5 * minute, 15 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day];

function timeTicks(from, to, wanted) {
  const step = timeSteps.find(candidate => (to - from) / candidate <= wanted);
  const found = [];
  if (step) {
    for (let time = Math.ceil(from / step) * step; time <= to; time += step) found.push(time);
    return found;
  }
  const months = [1, 2, 3, 6, 12, 24, 60].find(count => (to - from) / (count * 30.4 * day) <= wanted) || 120;
  const first = new Date(from);
  for (let month = first.getUTCFullYear() * 12 + Math.ceil(first.getUTCMonth() / months) * months; ; month += months) {
    const time = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (time > to) return found;
    if (time >= from) found.push(time);
  }
}
