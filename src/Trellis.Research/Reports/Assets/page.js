// Ties the page together: data, chart, buttons, theme.
const marks = readJson('marks');
const chartData = readJson('chart');
const fillData = readJson('fills');
const canvas = document.getElementById('canvas');
const chart = createChart(canvas, {
  marks,
  candles: chartData.instruments.map(readCandles),
  holes: chartData.instruments.map(source => readHoles(source.holes)),
  curve: readCurve(chartData.curve, marks.from_ms, marks.to_ms, marks.start),
  fills: readFills(fillData),
}, document.getElementById('readout'));

function readHoles(text) {
  const edges = unpackSteps(text, 1);
  const holes = [];
  for (let i = 0; i < edges.length; i += 2) {
    holes.push([chartData.start_ms + edges[i] * chartData.interval_ms, chartData.start_ms + edges[i + 1] * chartData.interval_ms]);
  }
  return holes;
}

function spanText(milliseconds) {
  return milliseconds >= day ? `${milliseconds / day} d` : milliseconds >= hour ? `${milliseconds / hour} h` : `${milliseconds / minute} min`;
}

function describeResolution() {
  const finest = chart.candles[0].levels[0].interval;
  const grouped = fillData.count < fillData.fills ? ` ${fillData.fills.toLocaleString('en-US')} fills share ${fillData.count.toLocaleString('en-US')} markers.` : '';
  document.getElementById('resolution').textContent =
    (finest > chartData.interval_ms ? `Candles of ${spanText(finest)} at the closest, made of those of ${spanText(chartData.interval_ms)}; every fill at its own time.` : 'Every candle is here.') + grouped;
}

onTheme(theme => {
  chart.colors = palettes[theme];
  chart.draw();
});
new ResizeObserver(() => chart.redraw()).observe(canvas);

for (const button of document.querySelectorAll('[data-days]')) {
  button.addEventListener('click', () => chart.view.show(Number(button.dataset.days) * day));
}
for (const button of document.querySelectorAll('[data-zoom]')) {
  button.addEventListener('click', () => chart.view.zoom(Number(button.dataset.zoom), chart.view.middle()));
}
for (const name of ['fills', 'levels', 'held']) {
  document.getElementById(`show-${name}`).addEventListener('change', event => {
    chart.options[name] = event.target.checked;
    chart.redraw();
  });
}
document.getElementById('instrument')?.addEventListener('change', event => {
  chart.chosen = Number(event.target.value);
  chart.redraw();
});
describeResolution();
