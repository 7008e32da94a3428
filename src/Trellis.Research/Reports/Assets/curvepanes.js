// Equity beside holding, drawdown and exposure.

// The points in view with one to either side, and how many share a column of pixels.
function visiblePoints(chart) {
  const { times } = chart.curve;
  const first = Math.max(0, lowerBound(times, chart.view.from) - 1), last = Math.min(times.length - 1, lowerBound(times, chart.view.to));
  return { first, last, step: Math.max(1, Math.floor((last - first) / (chart.plot.right - chart.plot.left))) };
}

// Visits the columns of the view: left and right edge, and the points from one index to another that share them.
function eachColumn(chart, visit) {
  const { curve } = chart;
  const { first, last, step } = visiblePoints(chart);
  for (let i = first; i <= last; i += step) {
    const end = Math.min(i + step, last + 1);
    visit(chart.x(i > 0 ? curve.times[i - 1] : chart.marks.from_ms), chart.x(curve.times[end - 1]), i, end);
  }
}

function least(values, from, to) {
  let found = Infinity;
  for (let i = from; i < to; i++) if (values[i] < found) found = values[i];
  return found;
}

function most(values, from, to) {
  let found = -Infinity;
  for (let i = from; i < to; i++) if (values[i] > found) found = values[i];
  return found;
}

function drawEquity(chart, pane) {
  const { context, colors, curve, view, marks } = chart;
  const { first, last, step } = visiblePoints(chart);
  let low = least(curve.low, first, last + 1), high = most(curve.high, first, last + 1);
  // Close up, equity alone sets the scale: holding may be far away from it.
  if (chart.options.held && view.to - view.from === marks.to_ms - marks.from_ms) {
    low = Math.min(low, least(curve.held, first, last + 1));
    high = Math.max(high, most(curve.held, first, last + 1));
  }
  const margin = (high - low) * 0.08 || Math.abs(high) * 0.001 || 1;
  pane.scale(low - margin, high + margin);
  pane.grid((value, decimals) => formatNumber(value, decimals), 4);
  // The band holds every close between two points.
  context.fillStyle = colors.band;
  context.beginPath();
  eachColumn(chart, (left, right, from, to) => {
    const top = pane.y(most(curve.high, from, to));
    context.rect(left, top, right - left, pane.y(least(curve.low, from, to)) - top);
  });
  context.fill();
  if (chart.options.held) line(chart, pane, curve.held, first, last, step, colors.held, [5, 3]);
  line(chart, pane, curve.equity, first, last, step, colors.equity, []);
  label(chart, pane, `equity, ${chart.marks.currency}`, colors.equity, chart.options.held ? 'buy and hold' : '', colors.held);
}

function drawDrawdown(chart, pane) {
  const { context, colors, curve } = chart;
  const { first, last, step } = visiblePoints(chart);
  const lowest = (from, to) => Math.min(least(curve.deepest, from, to), least(curve.drawdown, from, to));
  pane.scale(Math.min(-0.001, lowest(first, last + 1)) * 1.1, 0);
  pane.grid(formatPercent, 3);
  steps(chart, pane.top, colors.drop, (from, to) => pane.y(lowest(from, to)));
  line(chart, pane, curve.drawdown, first, last, step, colors.dropLine, []);
  label(chart, pane, 'drawdown', colors.dropLine, '', '');
}

function drawExposure(chart, pane) {
  const { colors, curve } = chart;
  const { first, last } = visiblePoints(chart);
  pane.scale(0, Math.max(0.01, most(curve.exposure, first, last + 1)) * 1.1);
  pane.grid(formatPercent, 3);
  steps(chart, pane.bottom, colors.exposure, (from, to) => pane.y(most(curve.exposure, from, to)));
  label(chart, pane, 'exposure, notional of equity', colors.faint, '', '');
}

// One area between a base line and steps.
function steps(chart, base, color, height) {
  const { context } = chart;
  context.fillStyle = color;
  context.beginPath();
  let end = chart.plot.left;
  context.moveTo(end, base);
  eachColumn(chart, (left, right, from, to) => {
    const y = height(from, to);
    context.lineTo(left, y);
    context.lineTo(right, y);
    end = right;
  });
  context.lineTo(end, base);
  context.closePath();
  context.fill();
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
