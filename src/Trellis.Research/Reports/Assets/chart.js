// Four panes over one axis of time.
const paneShares = [[drawPrice, 0.48], [drawEquity, 0.25], [drawDrawdown, 0.14], [drawExposure, 0.13]];

function createChart(canvas, data, readout) {
  const chart = {
    ...data, canvas, context: canvas.getContext('2d'), colors: palettes.light, chosen: 0, pointer: null, resolution: 0,
    options: { fills: true, levels: true, held: true }, plot: { left: 0, right: 1, bottom: 1 }, lastFrame: 0,
  };
  let asked = false;
  chart.redraw = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      chart.draw();
    });
  };
  chart.view = createViewport(data.marks.from_ms, data.marks.to_ms, 20 * data.candles[0].levels[0].interval, chart.redraw);
  chart.x = time => chart.plot.left + ((time - chart.view.from) / (chart.view.to - chart.view.from)) * (chart.plot.right - chart.plot.left);
  chart.draw = () => {
    const began = performance.now();
    layOut(chart);
    let top = 0;
    for (const [drawPane, share] of paneShares) {
      const bottom = top + share * chart.plot.bottom;
      clipped(chart, createPane(chart, top, bottom), drawPane);
      top = bottom;
    }
    drawTimes(chart);
    drawMarks(chart);
    drawPointer(chart, readout);
    // How long the last frame took, for whoever measures.
    chart.lastFrame = performance.now() - began;
    canvas.dataset.frame = chart.lastFrame.toFixed(2);
  };
  chart.timeAt = followInput(canvas, chart.view, chart.plot, pointer => {
    chart.pointer = pointer;
    readout.setAttribute('aria-live', pointer && pointer.spoken ? 'polite' : 'off');
    chart.redraw();
  });
  return chart;
}

function layOut(chart) {
  const { canvas, context, plot } = chart;
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth, height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = chart.colors.paper;
  context.fillRect(0, 0, width, height);
  context.font = '12px system-ui, sans-serif';
  plot.left = 0;
  plot.right = width - (width < 500 ? 56 : 76);
  plot.bottom = height - 22;
}

function createPane(chart, top, bottom) {
  const { context, colors, plot } = chart;
  const pane = { top: top + 2, bottom: bottom - 2, low: 0, high: 1 };
  pane.scale = (low, high) => Object.assign(pane, { low, high });
  pane.y = value => pane.bottom - ((value - pane.low) / (pane.high - pane.low)) * (pane.bottom - pane.top);
  pane.grid = (format, wanted) => {
    context.lineWidth = 1;
    const values = ticks(pane.low, pane.high, wanted);
    const decimals = values.length > 1 ? Math.max(0, -Math.floor(Math.log10(values[1] - values[0]) + 1e-9)) : 2;
    for (const value of values) {
      const y = Math.round(pane.y(value)) + 0.5;
      context.strokeStyle = colors.grid;
      context.beginPath();
      context.moveTo(plot.left, y);
      context.lineTo(plot.right, y);
      context.stroke();
      context.fillStyle = colors.faint;
      if (y > pane.top + 6 && y < pane.bottom - 5) context.fillText(format(value, decimals), plot.right + 6, y + 4);
    }
  };
  return pane;
}

function clipped(chart, pane, drawPane) {
  const { context, plot } = chart;
  context.save();
  context.beginPath();
  context.rect(0, pane.top, chart.canvas.clientWidth, pane.bottom - pane.top);
  context.clip();
  drawPane(chart, pane);
  context.restore();
  context.fillStyle = chart.colors.paper;
  context.strokeStyle = chart.colors.faint;
  context.lineWidth = 0.5;
  context.beginPath();
  context.moveTo(plot.left, pane.bottom + 2);
  context.lineTo(plot.right, pane.bottom + 2);
  context.stroke();
}

function drawTimes(chart) {
  const { context, colors, plot, view } = chart;
  const clock = view.to - view.from < 4 * day;
  for (const time of timeTicks(view.from, view.to, Math.max(2, (plot.right - plot.left) / (clock ? 150 : 110)))) {
    const x = Math.round(chart.x(time)) + 0.5;
    context.strokeStyle = colors.grid;
    context.lineWidth = 1;
    context.globalAlpha = 0.6;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, plot.bottom + 4);
    context.stroke();
    context.globalAlpha = 1;
    context.fillStyle = colors.faint;
    const text = formatTime(time, clock);
    context.fillText(text, Math.min(plot.right - context.measureText(text).width, x + 3), plot.bottom + 15);
  }
}

// Where the account was liquidated.
function drawMarks(chart) {
  const { context, colors, plot, marks, view } = chart;
  if (marks.liquidated_ms === null || marks.liquidated_ms < view.from || marks.liquidated_ms > view.to) return;
  const x = Math.round(chart.x(marks.liquidated_ms)) + 0.5;
  context.strokeStyle = colors.mark;
  context.fillStyle = colors.mark;
  context.lineWidth = 1.5;
  context.setLineDash([4, 3]);
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, plot.bottom);
  context.stroke();
  context.setLineDash([]);
  const width = context.measureText('liquidated').width;
  context.fillText('liquidated', x + 5 + width > plot.right ? x - 5 - width : x + 5, 30);
}

function drawPointer(chart, readout) {
  const { context, colors, plot, pointer, curve } = chart;
  if (!pointer || pointer.x < plot.left || pointer.x > plot.right) return;
  context.strokeStyle = colors.faint;
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(Math.round(pointer.x) + 0.5, 0);
  context.lineTo(Math.round(pointer.x) + 0.5, plot.bottom);
  context.stroke();
  context.setLineDash([]);
  const time = chart.timeAt(pointer.x);
  const candles = chart.candles[chart.chosen];
  const level = candles.levels.find(each => each.interval === chart.resolution);
  const at = Math.floor((time - level.start) / level.interval);
  const parts = [`${formatTime(level.start + at * level.interval, true)} UTC`];
  if (level.low[at] <= level.high[at]) {
    const price = value => formatNumber(value, candles.decimals);
    parts.push(`open ${price(level.open[at])}, high ${price(level.high[at])}, low ${price(level.low[at])}, close ${price(level.close[at])}`);
  } else {
    parts.push('no candle');
  }
  const point = Math.min(curve.times.length - 1, lowerBound(curve.times, time));
  parts.push(`equity ${formatNumber(curve.equity[point], 2)}, buy and hold ${formatNumber(curve.held[point], 2)}, drawdown ${formatPercent(-curve.drawdown[point])}, exposure ${formatPercent(curve.exposure[point])}`);
  const fill = nearestFill(chart, candles.name, pointer.x);
  if (fill) parts.push(fill);
  readout.textContent = parts.join(' · ');
}

function nearestFill(chart, instrument, x) {
  const fills = chart.fills.get(instrument);
  if (!fills || !chart.options.fills) return null;
  const near = lowerBound(fills.times, chart.timeAt(x));
  let best = -1;
  for (const i of [near - 1, near]) {
    if (i >= 0 && i < fills.times.length && Math.abs(chart.x(fills.times[i]) - x) < 8 && (best < 0 || Math.abs(chart.x(fills.times[i]) - x) < Math.abs(chart.x(fills.times[best]) - x))) best = i;
  }
  if (best < 0) return null;
  const more = fills.counts[best] > 1 ? ` (last of ${fills.counts[best]} fills)` : '';
  return `${fills.sells[best] ? 'sell' : 'buy'} ${fills.quantities[best]} at ${fills.prices[best]}, ${fills.kinds[best]}, ${fills.labels[best]}, ${formatTime(fills.times[best], true)}${more}`;
}
