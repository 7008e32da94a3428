// Equity beside holding, drawdown and exposure.

// The points in view with one to either side, and how many share a column of pixels.
function visiblePoints(chart) {
  const { times } = chart.curve;
  const first = Math.max(0, lowerBound(times, chart.view.from) - 1), last = Math.min(times.length - 1, lowerBound(times, chart.view.to));
  return { first, last, step: Math.max(1, Math.floor((last - first) / (chart.plot.right - chart.plot.left))) };
}

function drawEquity(chart, pane) {
  const { context, colors, curve } = chart;
  const { first, last, step } = visiblePoints(chart);
  let low = Infinity, high = -Infinity;
  for (let i = first; i <= last; i++) {
    low = Math.min(low, curve.low[i], chart.options.held ? curve.held[i] : Infinity);
    high = Math.max(high, curve.high[i], chart.options.held ? curve.held[i] : -Infinity);
  }
  const margin = (high - low) * 0.08 || Math.abs(high) * 0.001 || 1;
  pane.scale(low - margin, high + margin);
  pane.grid((value, decimals) => formatNumber(value, decimals), 4);
  // The band holds every close between two points.
  context.fillStyle = colors.band;
  for (let i = first; i <= last; i += step) {
    let least = Infinity, most = -Infinity;
    for (let j = i; j < Math.min(i + step, last + 1); j++) [least, most] = [Math.min(least, curve.low[j]), Math.max(most, curve.high[j])];
    const left = chart.x(i > 0 ? curve.times[i - 1] : chart.marks.from_ms), right = chart.x(curve.times[Math.min(i + step - 1, last)]);
    context.fillRect(left, pane.y(most), Math.max(1, right - left), Math.max(1, pane.y(least) - pane.y(most)));
  }
  if (chart.options.held) line(chart, pane, curve.held, first, last, step, colors.held, [5, 3]);
  line(chart, pane, curve.equity, first, last, step, colors.equity, []);
  label(chart, pane, `equity, ${chart.marks.currency}`, colors.equity, chart.options.held ? 'buy and hold' : '', colors.held);
}

function drawDrawdown(chart, pane) {
  const { context, colors, curve } = chart;
  const { first, last, step } = visiblePoints(chart);
  let deepest = -0.001;
  for (let i = first; i <= last; i++) deepest = Math.min(deepest, curve.deepest[i], curve.drawdown[i]);
  pane.scale(deepest * 1.1, 0);
  pane.grid(formatPercent, 3);
  context.fillStyle = colors.drop;
  for (let i = first; i <= last; i += step) {
    let least = 0;
    for (let j = i; j < Math.min(i + step, last + 1); j++) least = Math.min(least, curve.deepest[j], curve.drawdown[j]);
    const left = chart.x(i > 0 ? curve.times[i - 1] : chart.marks.from_ms), right = chart.x(curve.times[Math.min(i + step - 1, last)]);
    context.fillRect(left, pane.top, Math.max(1, right - left + 0.5), pane.y(least) - pane.top);
  }
  line(chart, pane, curve.drawdown, first, last, step, colors.dropLine, []);
  label(chart, pane, 'drawdown', colors.dropLine, '', '');
}

function drawExposure(chart, pane) {
  const { context, colors, curve } = chart;
  const { first, last, step } = visiblePoints(chart);
  let most = 0.01;
  for (let i = first; i <= last; i++) most = Math.max(most, curve.exposure[i]);
  pane.scale(0, most * 1.1);
  pane.grid(formatPercent, 3);
  context.fillStyle = colors.exposure;
  for (let i = first; i <= last; i += step) {
    let largest = 0;
    for (let j = i; j < Math.min(i + step, last + 1); j++) largest = Math.max(largest, curve.exposure[j]);
    const left = chart.x(i > 0 ? curve.times[i - 1] : chart.marks.from_ms), right = chart.x(curve.times[Math.min(i + step - 1, last)]);
    context.fillRect(left, pane.y(largest), Math.max(1, right - left + 0.5), pane.bottom - pane.y(largest));
  }
  label(chart, pane, 'exposure, notional of equity', colors.faint, '', '');
}

function line(chart, pane, values, first, last, step, color, dash) {
  const { context } = chart;
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.setLineDash(dash);
  context.beginPath();
  for (let i = first; i <= last; i += step) context.lineTo(chart.x(chart.curve.times[i]), pane.y(values[i]));
  context.lineTo(chart.x(chart.curve.times[last]), pane.y(values[last]));
  context.stroke();
  context.setLineDash([]);
}

// On a piece of paper, so that it can be read over what is drawn.
function label(chart, pane, first, firstColor, second, secondColor) {
  const { context, colors, plot } = chart;
  const more = second ? `- - ${second}` : '';
  const width = context.measureText(first).width;
  context.globalAlpha = 0.85;
  context.fillStyle = colors.paper;
  context.fillRect(plot.left + 2, pane.top + 2, width + 4 + (more ? context.measureText(more).width + 10 : 0), 15);
  context.globalAlpha = 1;
  context.fillStyle = firstColor;
  context.fillText(first, plot.left + 4, pane.top + 13);
  context.fillStyle = secondColor;
  if (more) context.fillText(more, plot.left + 14 + width, pane.top + 13);
}
