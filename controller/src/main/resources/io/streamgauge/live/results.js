'use strict';
const chosen = new Set();
const MOST_LEVELS = 6;

function results(stored, runs, compares, changed) {
  const lines = (one, value) => [...one.levels.slice(0, MOST_LEVELS).map(level => el('span', {class: 'line', title: value(level)}, value(level))),
    ...(one.levels.length > MOST_LEVELS ? [el('span', {class: 'line'}, `${one.levels.length - MOST_LEVELS} more`)] : [])];
  const known_runs = new Set(stored.map(one => one.run_id));
  const without = runs.filter(run => run.state === 'ended' && !known_runs.has(run.id));
  const head = ['compare', 'run', 'ended', 'how', 'level', 'tokens/s', 'TTFT p50 / p99 (ms)', 'ITL p50 / p99 (ms)', 'failed', 'files'];
  const pair = (one, p50, p99) => lines(one, level => `${number(level[p50])} / ${number(level[p99])}`);
  const measured = one => [
    one.log && compares ? el('input', {type: 'checkbox', 'aria-label': 'compare ' + one.name, ...(chosen.has(one.name) ? {checked: ''} : {}),
      change: event => { event.target.checked ? chosen.add(one.name) : chosen.delete(one.name); changed(); }}) : '',
    [el('b', {}, one.run), el('br'), one.name, known(one.repeat) ? `, repeat ${one.repeat}` : '', el('br'), el('span', {class: 'faint'}, one.model)],
    time(one.ended_at), el('span', {class: one.passed ? 'good' : 'bad'}, one.words),
    lines(one, level => level.level), lines(one, level => number(level.output_tps)), pair(one, 'ttft_p50_ms', 'ttft_p99_ms'), pair(one, 'itl_p50_ms', 'itl_p99_ms'),
    lines(one, level => `${number(level.failed)} of ${number(level.total)}`),
    el('span', {class: 'links'}, one.report ? fileLink('report', one.at + '/report.html', one.name + '.html', true) : null, fileLink('JSON', one.at + '/result.json', one.name + '.json'),
      fileLink('CSV', one.at + '/requests.csv', one.name + '_requests.csv'), one.log ? fileLink('log', one.at + '/run.gz', one.name + '.run.gz') : null)];
  const unmeasured = run => ['', el('b', {}, run.name), time(run.ended_at), el('span', {class: 'bad'}, ended(run)), '', '', '', '', '', ''];
  const rows = [...stored.map(one => [one.ended_at, measured(one)]), ...without.map(run => [run.ended_at, unmeasured(run)])]
    .sort(([a], [b]) => new Date(b) - new Date(a)).map(([, row]) => row);
  if (!rows.length) return [el('h2', {}, 'Results'), el('p', {class: 'empty'}, 'Nothing has been measured yet. What a run measures is kept in the output folder and listed here.')];
  const names = stored.map(one => one.name).filter(name => chosen.has(name));
  const base = el('select', {id: 'base', 'aria-label': 'base of the comparison'}, names.toReversed().map(name => el('option', {value: name}, name)));
  return [el('h2', {}, 'Results'), table(head, rows, [5, 6, 7, 8]),
    el('div', {class: 'actions'}, !compares ? null : names.length < 2 ? el('p', {class: 'faint'}, 'Tick two results or more to compare them.')
      : [el('button', {type: 'button', class: 'main', id: 'compare', click: () => compare(base.value, names.filter(name => name !== base.value))}, `Compare ${names.length}`), el('label', {}, 'with the base ', base)]),
    el('div', {id: 'comparison', 'aria-live': 'polite'})];
}

async function compare(base, others) {
  const out = place('comparison');
  out.replaceChildren(el('p', {}, 'Their run logs are being read …'));
  try {
    const query = new URLSearchParams([['base', base], ...others.map(name => ['new', name])]);
    const {pairs} = await ask('/api/v1/comparison?' + query);
    out.replaceChildren(...pairs.flatMap(pair => comparison(base, pair)),
      el('p', {class: 'links'}, fileLink('With charts, as a page', '/api/v1/comparison.html?' + query, 'comparison.html', true)));
  } catch (problem) {
    out.replaceChildren(el('p', {class: 'bad'}, problem.message));
  }
}

const VERDICTS = {better: 'good', worse: 'bad'};
const signed = share => (share > 0 ? '+' : '') + number(100 * share, 1) + ' %';

function comparison(base, pair) {
  const levels = pair.levels.flatMap(level => {
    const rows = level.rows.filter(row => row.verdict);
    const open = level.rows.filter(row => !row.verdict);
    const reasons = [...new Set(open.map(row => row.reason))];
    return [el('h4', {}, 'Level ' + level.level),
      rows.length ? table(['metric', 'verdict', 'base', 'new', 'change', '95 % interval', 'noise'], rows.map(row => [row.measure + (row.primary ? ' *' : ''),
        el('span', {class: VERDICTS[row.verdict]}, row.verdict + (known(row.repeats) ? ` (${row.repeats} repeats a side may decide)` : '')), number(row.base, 3), number(row.new, 3), signed(row.change),
        `${signed(row.low)} to ${signed(row.high)}`, known(row.noise_floor) ? '±' + number(100 * row.noise_floor, 1) + ' %' : 'unknown']), [2, 3, 4, 5, 6]) : null,
      open.length ? el('details', {open: rows.length ? null : ''}, el('summary', {}, `${open.length} metrics are not compared`),
        el('ul', {}, reasons.map(reason => el('li', {}, `${open.filter(row => row.reason === reason).map(row => row.measure).join(', ')}: ${reason}`)))) : null,
      ...level.notes.map(note => el('p', {class: 'faint'}, note))].filter(known);
  });
  return [el('h3', {}, `${pair.new.name} against ${base}`), ...pair.refusals.map(reason => el('p', {class: 'bad'}, 'Not comparable: ' + reason)),
    ...pair.notes.map(note => el('p', {class: 'faint'}, note)), ...levels];
}
