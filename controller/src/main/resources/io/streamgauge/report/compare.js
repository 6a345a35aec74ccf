'use strict';
const tone = {better: 'good', worse: 'bad', equivalent: 'same', undecided: 'warn'};
const percentage = share => (share > 0 ? '+' : '') + number(share * 100, 1) + ' %';

// The ratios of a level with their intervals: a line a metric, all on one scale.
function forest({rows}, {verdicts}, margin) {
  const shown = rows.filter(row => known(row.change));
  if (shown.length === 0) return null;
  const reach = Math.min(1, 1.05 * Math.max(2 * margin, ...shown.flatMap(row => [Math.abs(row.low), Math.abs(row.high)])));
  const at = share => 50 + 50 * Math.max(-1, Math.min(1, share / reach));
  const mark = (kind, from, to) => {
    const made = el('i', {class: kind});
    made.style.left = at(from) + '%';
    if (to !== undefined) made.style.width = at(to) - at(from) + '%';
    return made;
  };
  const bar = row => el('div', {class: 'forest ' + tone[row.verdict], role: 'img', 'aria-label': `${percentage(row.change)}, from ${percentage(row.low)} to ${percentage(row.high)}`},
    mark('margin', -margin, margin), mark('zero', 0), mark('span', row.low, row.high), mark('point', row.change));
  const ratio = share => number(1 + share, 3);
  return table(['metric', 'base', 'new', 'ratio', '95 % interval', `${percentage(-reach)} to ${percentage(reach)}`, 'noise', 'verdict'],
    shown.map(row => [row.primary ? el('b', {}, row.measure) : row.measure, number(row.base, row.base < 10 ? 3 : 2), number(row.new, row.new < 10 ? 3 : 2), ratio(row.change),
      `${ratio(row.low)} to ${ratio(row.high)}`, bar(row), known(row.noise_floor) ? '±' + number(row.noise_floor * 100, 1) + ' %' : '–', el('span', {class: tone[row.verdict]}, verdicts[row.measure])]), [1, 2, 3, 4, 6]);
}

function curves(name, {curves: of}) {
  return Object.entries(of).map(([metric, {base, new: other}]) => {
    const longest = base.nines.length > other.nines.length ? base.nines : other.nines;
    const padded = curve => longest.map((_, i) => curve.ms[i] ?? null);
    return chart({name: `${name}_${metric.toLowerCase()}`, title: metric + ' by percentile', note: 'On the shade there are too few samples on a side for a percentile.',
      x: byNines(longest, Math.min(base.floor, other.floor)), axes: {y: 'ms'},
      series: [{label: 'base (ms)', values: padded(base), stroke: 'one', unit: 'ms'}, {label: 'new (ms)', values: padded(other), stroke: 'two', unit: 'ms'}]});
  });
}

const gate = one => el('li', {}, el('p', {}, el('b', {class: {passed: 'good', failed: 'bad'}[one.outcome] || 'warn'}, `gate ${one.gate}: ${one.outcome}`), ' ', one.reason));

function compared(level, known_of, margin) {
  return el('section', {'aria-label': 'level ' + level.level}, el('h2', {}, 'Level ' + level.level),
    el('p', {class: 'faint'}, `${counted(level.base_runs, 'run')} of the base, ${number(level.new_runs)} of the new`),
    level.gates.length ? el('ul', {class: 'findings'}, level.gates.map(gate)) : null,
    forest(level, known_of, margin),
    el('p', {class: 'faint'}, `New over base. On the shade a difference is of no account (±${number(margin * 100, 1)} %); metrics in bold are what the comparison is about.`),
    level.notes.map(note => el('p', {}, note)),
    known_of.uncompared.length ? el('details', {}, el('summary', {}, 'Not compared'), el('ul', {}, known_of.uncompared.map(text => el('li', {}, text)))) : null,
    el('div', {class: 'charts'}, curves(level.level, known_of)));
}

function verdict({levels, refusals}) {
  const told = levels.flatMap(level => level.rows.filter(row => row.primary && known(row.change)).map(row => `${level.level}: ${row.measure} ${row.verdict} (${percentage(row.change)})`));
  const forced = refusals.length ? 'Not comparable, and compared by force: ' : '';
  return refusals.length && !levels.length ? 'Not comparable.' : told.length ? forced + told.join('; ') + '.' : 'Nothing that the comparison is about can be told apart.';
}

function pair(of, {name, base, levels}, margin) {
  const worse = of.levels.some(level => level.rows.some(row => row.primary && row.verdict === 'worse') || level.gates.some(one => one.outcome === 'failed'));
  return el('section', {'aria-label': name},
    el('h1', {}, name), el('p', {class: 'faint'}, `with ${base} as the base`),
    el('p', {class: 'verdict ' + (worse || of.refusals.length ? 'void' : '')}, verdict(of)),
    of.refusals.length ? el('ul', {class: 'findings'}, of.refusals.map(reason => el('li', {}, el('p', {}, el('b', {class: 'bad'}, 'not comparable: '), reason)))) : null,
    of.notes.map(note => el('p', {}, note)),
    of.levels.map(level => compared(level, levels[level.level], margin)));
}

function page({comparison, pairs}) {
  document.title = plain(`Comparison with ${comparison.base.name}, Streamgauge`);
  document.getElementById('report').append(...comparison.pairs.map((one, i) => pair(one, pairs[i], comparison.margin)));
  drawCharts();
}

page(JSON.parse(document.getElementById('data').textContent));
