'use strict';
const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const drawn = [];
const HEIGHT = 260;
const ON_PAPER = 0.65;
const EDGE = 80;
const LEGEND = 30;

// One chart: a figure with its caption, its data as CSV, and a canvas that is drawn when it is seen.
function chart({name, title, note, x, series, wide, sync, until, axes, small, scales, plugins, csv}) {
  const columns = [x.values, ...series.map(one => one.values)];
  const place = el('div', {role: 'img', 'aria-label': `${title}: ${series.map(one => one.label).join(', ')}`});
  const figure = el('figure', {class: wide ? 'wide' : small ? 'small' : null},
    el('figcaption', {}, el('div', {}, el('h3', {}, title), note ? el('p', {class: 'faint'}, note) : null),
      el('button', {type: 'button', 'aria-label': `Data of ${title} as CSV`,
        click: () => csv ? saveCsv(name, csv.head, csv.columns) : saveCsv(name, [x.label, ...series.map(one => one.label)], one.columns)}, 'CSV')),
    place);
  const height = small ? HEIGHT / 2 : HEIGHT;
  place.style.minHeight = height + LEGEND + 'px'; // so that nothing moves when it is drawn
  const draw = () => {
    place.replaceChildren();
    return new uPlot({
      width: Math.max(240, place.clientWidth), height: height * (onPaper() ? ON_PAPER : 1),
      // All of one time axis end at the same edge, with a scale there or without.
      padding: [null, wide && sync && new Set(series.map(one => one.scale || 'y')).size === 1 ? EDGE : null, null, null],
      cursor: sync ? {sync: {key: sync, setSeries: false}} : {},
      scales: {x: {time: false, ...(until ? {range: [0, until]} : {})}, ...Object.fromEntries(
        [...new Set(series.map(one => one.scale || 'y'))].map(key => [key, {range: fromZero, ...((scales || {})[key] || {})}]))},
      axes: [axis({label: x.label, values: x.ticks, size: 28, ...(x.splits ? {splits: () => x.splits} : {})}), ...[...new Set(series.map(one => one.scale || 'y'))]
        .map((key, i) => axis({scale: key, label: (axes || {})[key], side: i ? 1 : 3, grid: {show: !i}}))],
      series: [{label: x.label, value: x.show || ((_, v) => known(v) ? number(v, 3) : '–')},
        ...series.map(one => line(one))],
      plugins: [...(x.floor === undefined ? [] : [shadeBeyond(x.floor)]), ...(plugins || [])],
    }, one.columns, place);
  };
  const one = {figure, place, draw, columns, height, plot: null};
  drawn.push(one);
  seen.observe(place);
  fit.observe(place);
  return figure;
}

// Shows other values in a chart that is there.
function feed(figure, columns) {
  const one = drawn.find(of => of.figure === figure);
  one.columns = columns;
  if (one.plot) one.plot.setData(columns);
}

function undraw(figure) {
  const [one] = drawn.splice(drawn.findIndex(of => of.figure === figure), 1);
  seen.unobserve(one.place);
  fit.unobserve(one.place);
  if (one.plot) one.plot.destroy();
}

const fromZero = (_, least, greatest) =>
  known(greatest) ? [Math.min(0, least), greatest > 0 ? greatest * 1.05 : 1] : [0, 1];

function axis(of) {
  return {stroke: colour('faint'), ticks: {stroke: colour('line')}, size: 62, font: '12px system-ui', labelFont: '12px system-ui',
    labelSize: 18, labelGap: 0, ...of, grid: {stroke: colour('grid'), ...(of.grid || {})}, values: of.values || undefined};
}

function line({label, stroke, points, scale, unit, dash, marks}) {
  const shown = colour(stroke);
  return {label, scale: scale || 'y', stroke: shown, width: 1.5, dash, spanGaps: !points,
    value: (_, v) => known(v) ? number(v, 3) + (unit ? ' ' + unit : '') : '–',
    ...(points ? {paths: () => null, points: {show: true, size: 4, fill: shown, stroke: shown}} : {points: {show: Boolean(marks), size: 8}})};
}

// Percentiles beyond the last for which there are samples enough are drawn on a shade.
function shadeBeyond(floor) {
  return {hooks: {drawClear: plot => {
    const left = plot.valToPos(floor, 'x', true);
    const {left: from, top, width, height} = plot.bbox;
    if (left < from + width) {
      plot.ctx.save();
      plot.ctx.fillStyle = colour('grid');
      plot.ctx.fillRect(Math.max(from, left), top, from + width - Math.max(from, left), height);
      plot.ctx.restore();
    }
  }}};
}

const seen = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => {
  const of = drawn.find(one => one.place === entry.target);
  if (of && !of.plot) of.plot = of.draw();
}), {rootMargin: '400px'});
const fit = new ResizeObserver(entries => entries.forEach(entry => {
  const of = drawn.find(one => one.place === entry.target);
  if (of && of.plot && of.plot.width !== entry.target.clientWidth) {
    of.plot.setSize({width: Math.max(240, entry.target.clientWidth), height: of.height});
  }
}));

const onPaper = () => document.documentElement.classList.contains('paper');

// Charts are drawn when they are seen, anew where the colours change, and all of them for paper, in its width and its colours.
function drawCharts() {
  const again = all => all.forEach(one => { one.plot?.destroy(); one.plot = one.draw(); });
  const paper = is => document.documentElement.classList.toggle('paper', is);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => again(drawn.filter(one => one.plot)));
  addEventListener('beforeprint', () => { paper(true); again(drawn); });
  addEventListener('afterprint', () => { paper(false); again(drawn); });
}

// What boards and engines tell, by the names that results have for it.
const GPU_QUANTITIES = [{key: 'util_pct', name: 'Time in which GPUs ran a kernel', unit: '%'}, {key: 'power_w', name: 'GPU power', unit: 'W'},
  {key: 'memory_mb', name: 'GPU memory', unit: 'MB'}, {key: 'sm_clock_mhz', name: 'SM clock', unit: 'MHz'}];
const ENGINE_GAUGES = [{key: 'running', of: {label: 'running', stroke: 'one'}}, {key: 'waiting', of: {label: 'waiting', stroke: 'two'}},
  {key: 'kv_cache_use', of: {label: 'KV cache in use', stroke: 'three', scale: 'share'}}];
const GAUGE_AXES = {y: 'requests', share: 'share'};

// Percentiles lie by their nines: 1 is p90, 2 is p99.
const percent = nines => 'p' + Number((100 - 10 ** (2 - nines)).toFixed(2));
const quoted_percentiles = [0, 0.30103, 0.60206, 1, 1.30103, 2, 3, 4];

const byNines = (nines, floor) => ({label: 'percentile', values: nines, splits: quoted_percentiles, ticks: (_, at) => at.map(percent), show: (_, v) => known(v) ? percent(v) : '–', floor});
