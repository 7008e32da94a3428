// Candles, holes, levels and fills of the chosen instrument.
const mostTriangles = 600;

function drawPrice(chart, pane) {
  const { colors, view } = chart;
  const candles = chart.candles[chart.chosen];
  const level = levelFor(candles.levels, (view.to - view.from) / (chart.plot.right - chart.plot.left) * 1.2);
  const first = Math.max(0, Math.floor((view.from - level.start) / level.interval));
  const last = Math.min(level.count - 1, Math.floor((view.to - level.start) / level.interval));
  let low = Infinity, high = -Infinity;
  for (let i = first; i <= last; i++) {
    if (level.low[i] < low) low = level.low[i];
    if (level.high[i] > high) high = level.high[i];
  }
  if (low > high) [low, high] = [0, 1];
  const margin = (high - low) * 0.06 || high * 0.001;
  pane.scale(low - margin, high + margin);
  pane.grid((value, decimals) => formatNumber(value, decimals), 6);
  drawHoles(chart, pane);
  if (chart.options.levels) drawLevels(chart, pane, candles.name);
  drawCandles(chart, pane, level, first, last);
  if (chart.options.fills && chart.fills.has(candles.name)) drawFills(chart, pane, chart.fills.get(candles.name));
  label(chart, pane, candles.name, colors.ink, '', '');
  chart.resolution = level.interval;
}

function drawHoles(chart, pane) {
  chart.context.fillStyle = chart.colors.hole;
  for (const [from, to] of chart.holes[chart.chosen]) {
    if (to < chart.view.from || from > chart.view.to) continue;
    const left = Math.max(chart.plot.left, chart.x(from)), right = Math.min(chart.plot.right, chart.x(to));
    chart.context.fillRect(left, pane.top, Math.max(1, right - left), pane.bottom - pane.top);
  }
}

function drawLevels(chart, pane, instrument) {
  const { context, colors, plot } = chart;
  const own = chart.marks.levels.filter(level => level.instrument === instrument);
  drawLadder(chart, pane, own.filter(level => level.kind === 'line').map(level => level.price));
  for (const level of own) {
    if (level.kind === 'line' || level.price < pane.low || level.price > pane.high) continue;
    context.strokeStyle = level.kind === 'stop_loss' ? colors.stop : level.kind === 'take_profit' ? colors.buy : colors.faint;
    context.lineWidth = 1.5;
    context.setLineDash([6, 4]);
    levelLine(chart, pane, level.price);
    context.setLineDash([]);
    label(chart, { top: pane.y(level.price) - 18 }, level.kind.replace('_', ' '), context.strokeStyle, '', '');
  }
}

// Lines that stand too close to be told apart become a band with an edge at either end.
function drawLadder(chart, pane, prices) {
  if (prices.length === 0) return;
  const { context, colors, plot } = chart;
  const lowest = Math.min(...prices), highest = Math.max(...prices);
  const distance = (pane.y(lowest) - pane.y(highest)) / Math.max(1, prices.length - 1);
  context.strokeStyle = colors.level;
  context.lineWidth = 1;
  if (distance >= 5) {
    for (const price of prices) if (price >= pane.low && price <= pane.high) levelLine(chart, pane, price);
    return;
  }
  context.fillStyle = colors.ladder;
  const top = Math.max(pane.top, pane.y(highest)), bottom = Math.min(pane.bottom, pane.y(lowest));
  context.fillRect(plot.left, top, plot.right - plot.left, Math.max(0, bottom - top));
  for (const price of [lowest, highest]) levelLine(chart, pane, price);
}

function levelLine(chart, pane, price) {
  const y = Math.round(pane.y(price)) + 0.5;
  chart.context.beginPath();
  chart.context.moveTo(chart.plot.left, y);
  chart.context.lineTo(chart.plot.right, y);
  chart.context.stroke();
}

function drawCandles(chart, pane, level, first, last) {
  const { context, colors } = chart;
  const width = (level.interval / (chart.view.to - chart.view.from)) * (chart.plot.right - chart.plot.left);
  const body = Math.max(1, Math.min(11, Math.floor(width * 0.7)));
  context.lineWidth = 1;
  context.strokeStyle = colors.candle;
  context.fillStyle = colors.candle;
  context.beginPath();
  for (let i = first; i <= last; i++) {
    if (level.low[i] > level.high[i]) continue;
    const x = Math.round(chart.x(level.start + (i + 0.5) * level.interval)) + 0.5;
    const top = pane.y(level.high[i]);
    context.moveTo(x, top);
    context.lineTo(x, Math.max(top + 1, pane.y(level.low[i])));
  }
  context.stroke();
  if (width < 4) return;
  for (let i = first; i <= last; i++) {
    if (level.low[i] > level.high[i]) continue;
    const x = Math.round(chart.x(level.start + (i + 0.5) * level.interval) - body / 2);
    const rises = level.close[i] >= level.open[i];
    const top = pane.y(rises ? level.close[i] : level.open[i]);
    const height = Math.max(1, pane.y(rises ? level.open[i] : level.close[i]) - top);
    context.fillStyle = rises ? colors.paper : colors.candle;
    context.fillRect(x, top, body, height);
    context.strokeRect(x + 0.5, top + 0.5, Math.max(1, body - 1), Math.max(0.5, height - 1));
  }
}

function drawFills(chart, pane, fills) {
  const first = lowerBound(fills.times, chart.view.from), last = lowerBound(fills.times, chart.view.to + 1);
  if (last - first <= mostTriangles) {
    for (let i = first; i < last; i++) triangle(chart, chart.x(fills.times[i]), pane.y(fills.prices[i]), fills.sells[i], fills.kinds[i] === 'liquidation');
    return;
  }
  // More than that can't be told apart: per column of pixels and side, a bar over the prices of its fills.
  const width = Math.ceil(chart.plot.right - chart.plot.left) + 1;
  for (const side of [0, 1]) {
    const low = new Float64Array(width).fill(Infinity), high = new Float64Array(width).fill(-Infinity);
    for (let i = first; i < last; i++) {
      if (fills.sells[i] !== side) continue;
      const column = Math.round(chart.x(fills.times[i]) - chart.plot.left);
      if (fills.prices[i] < low[column]) low[column] = fills.prices[i];
      if (fills.prices[i] > high[column]) high[column] = fills.prices[i];
    }
    chart.context.fillStyle = side ? chart.colors.sell : chart.colors.buy;
    for (let column = 0; column < width; column++) {
      if (low[column] > high[column]) continue;
      const top = pane.y(high[column]);
      chart.context.fillRect(chart.plot.left + column - 0.5 + side, top - 1, 1.4, Math.max(2.5, pane.y(low[column]) - top));
    }
  }
}

function triangle(chart, x, y, isSell, isLiquidation) {
  const { context, colors } = chart;
  const direction = isSell ? -1 : 1;
  const size = isLiquidation ? 9 : 5;
  context.fillStyle = isLiquidation ? colors.mark : isSell ? colors.sell : colors.buy;
  context.strokeStyle = colors.paper;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - size, y + direction * size * 1.6);
  context.lineTo(x + size, y + direction * size * 1.6);
  context.closePath();
  context.fill();
  context.stroke();
}
