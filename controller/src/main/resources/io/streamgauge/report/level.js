'use strict';
// In an open loop TTFT and E2E count from the time at which a request was due.
const judged = (level, metric) => known(level.load.rate) ? metric + '_due_ms' : metric + '_ms';
const tail = of => known(of.p99) || !known(of.max) ? [ms(of.p99)] : [ms(of.max), `max of ${number(of.count)}`];

// The eight numbers that people quote, with what they are.
const quoted = level => {
  const m = level.metrics, r = m.requests, ttft = m[judged(level, 'ttft')];
  const origin = known(level.load.rate) ? 'the time at which the request was due' : 'the sending of the request';
  return [
    ['Tokens/s', number(m.output_tps), 'Output tokens that arrived, whatever became of their requests, over the time from the first sending to the last end'],
    ['Requests/s', number(m.rps), 'Whole answers in that time, over it'],
    ['TTFT p50', ms(ttft.p50), `From ${origin} to its first token, median of the requests`],
    ['TTFT p99', ...tail(ttft), 'The same, 99th percentile; the greatest where there are fewer than 662 samples'],
    ['ITL p50', ms(m.itl_ms.p50), 'Gap between two tokens of an answer, median of all gaps'],
    ['ITL p99', ...tail(m.itl_ms), 'The same, 99th percentile; the greatest where there are fewer than 662 samples'],
    ['E2E p50', ms(m[judged(level, 'e2e')].p50), `From ${origin} to the end of the answer, median of the requests`],
    ['Failed', number(r.failed), `of ${number(r.total)}`, 'Requests without a whole answer; they count into no latency'],
  ];
};

const tiles = level => el('ul', {class: 'tiles'}, quoted(level).map(([name, value, ...rest]) =>
  el('li', {title: rest.at(-1)}, el('span', {class: 'faint'}, name), el('b', {}, value), rest.length > 1 ? el('span', {class: 'faint'}, rest[0]) : null)));

function percentiles(level, course) {
  const shown = [['ttft_ms', 'TTFT', 'two'], ['e2e_ms', 'E2E', 'one'], ['itl_ms', 'ITL', 'three'], ['tpot_ms', 'TPOT', 'four'],
    ...(known(level.load.rate) ? [['ttft_due_ms', 'TTFT from due', 'two'], ['e2e_due_ms', 'E2E from due', 'one']] : [])]
    .filter(([key]) => course.curves[key]?.nines.length > 1); // one value is no curve
  return shown.map(([key, label, stroke]) => chart({
    name: `${level.name}_percentiles_${label.toLowerCase().replaceAll(' ', '_')}`, title: `${label} by percentile`,
    note: 'On the shade there are too few samples for a percentile.',
    x: byNines(course.curves[key].nines, course.curves[key].floor),
    series: [{label: label + ' (ms)', values: course.curves[key].ms, stroke, unit: 'ms'}],
  }));
}

function order(columns, by) {
  const at = columns[by].map((_, i) => i).filter(i => known(columns[by][i])).sort((a, b) => columns[by][a] - columns[by][b]);
  return name => at.map(i => columns[name][i]);
}

function overTime(level, course) {
  const sync = 'level ' + level.name, until = course.tokens_per_s.length * course.step_ms / 1000, plugins = [phaseBands(level, course)];
  if (course.bins) {
    const {step_ms: step, requests, failed, ttft_p50, ttft_max, e2e_p50, e2e_max} = course.bins;
    const at = requests.map((_, i) => i * step / 1000);
    return chart({name: level.name + '_latency', title: 'TTFT and E2E over time', wide: true, sync, until, plugins,
      note: `${number(course.requests)} requests by ${at.length} spans of ${number(step)} ms, by the time of sending`,
      x: {label: 's', values: at}, axes: {y: 'ms', n: 'requests'},
      series: [{label: 'TTFT p50', values: ttft_p50, stroke: 'two', unit: 'ms'}, {label: 'TTFT max', values: ttft_max, stroke: 'two', dash: [4, 4], unit: 'ms'},
        {label: 'E2E p50', values: e2e_p50, stroke: 'one', unit: 'ms'}, {label: 'E2E max', values: e2e_max, stroke: 'one', dash: [4, 4], unit: 'ms'},
        ...(failed.some(count => count > 0) ? [{label: 'failed', values: failed, stroke: 'bad', scale: 'n'}] : [])]});
  }
  const sorted = order(course.points, 'at');
  const ok = course.outcomes.indexOf('ok');
  const outcomes = sorted('outcome');
  const failures = [...new Set(outcomes.filter(one => one !== ok))];
  return chart({name: level.name + '_latency', title: 'TTFT and E2E over time', wide: true, sync, until, plugins,
    note: 'A point a request, by the time of its sending; failed ones have no latency and lie at 0.',
    x: {label: 's', values: sorted('at').map(at => at / 1000)}, axes: {y: 'ms'},
    series: [...[['E2E', 'e2e', 'one'], ['TTFT', 'ttft', 'two']].filter(([, key]) => course.points[key].some(known))
      .map(([label, key, stroke]) => ({label, values: sorted(key), stroke, points: true, unit: 'ms'})),
      ...failures.map(one => ({label: course.outcomes[one], values: outcomes.map(is => is === one ? 0 : null), stroke: 'bad', points: true}))]});
}

function work(level, course) {
  const at = course.tokens_per_s.map((_, i) => i * course.step_ms / 1000);
  return chart({name: level.name + '_work', title: 'Tokens/s and requests in flight', wide: true, sync: 'level ' + level.name, until: at.length * course.step_ms / 1000, plugins: [phaseBands(level, course)],
    note: phases(level), x: {label: 's', values: at}, axes: {y: 'tokens/s', n: 'requests'},
    series: [{label: 'tokens/s', values: course.tokens_per_s, stroke: 'one'}, {label: 'in flight', values: course.in_flight, stroke: 'two', scale: 'n'}]});
}

const phases = ({steady_state: steady}) => steady && steady.found
  ? `Steady from ${number(steady.from_s)} to ${number(steady.to_s)} s: ${number(steady.output_tps)} tokens/s.`
  : 'Nothing was steady' + (steady && steady.reason ? ': ' + steady.reason : '.');

function lengths(level, course) {
  const title = 'Length of the answer and E2E', name = level.name + '_lengths', axes = {y: 'ms'};
  if (course.lengths) {
    const at = course.lengths.e2e_p50.map((_, i) => i * course.lengths.step_tokens);
    return chart({name, title, axes, x: {label: 'output tokens', values: at}, note: `${number(course.requests)} requests by spans of ${number(course.lengths.step_tokens)} tokens.`,
      series: [{label: 'E2E p50', values: course.lengths.e2e_p50, stroke: 'one', unit: 'ms'}, {label: 'E2E max', values: course.lengths.e2e_max, stroke: 'one', dash: [4, 4], unit: 'ms'}]});
  }
  if (!course.points || !course.points.tokens.some((count, i) => count > 0 && known(course.points.e2e[i]))) return null;
  const sorted = order(course.points, 'tokens');
  return chart({name, title, axes, note: 'A point a request.', x: {label: 'output tokens', values: sorted('tokens')},
    series: [{label: 'E2E', values: sorted('e2e'), stroke: 'one', points: true, unit: 'ms'}]});
}

// A log holds the mean gap of each answer, and when its tokens came.
function gapMap(level, course) {
  const map = course.gap_map;
  if (!map) return null;
  const at = map.mean.map((_, i) => (i + 0.5) * map.step_ms / 1000);
  const rows = map.edges.slice(1).map((to, i) => `${Number(map.edges[i].toPrecision(5))} to ${Number(to.toPrecision(5))} ms`);
  return chart({name: level.name + '_gaps', title: 'Token timing: gaps between chunks over time', wide: true, sync: 'level ' + level.name, until: course.tokens_per_s.length * course.step_ms / 1000,
    note: 'The darker a cell, the more gaps. Each answer’s gaps count as their mean, from its first token to its last.',
    x: {label: 's', values: at}, axes: {y: 'ms'}, scales: {y: {distr: map.edges.at(-1) / map.edges[0] < 10 ? 1 : 3, range: [map.edges[0], map.edges.at(-1)]}}, plugins: [cells(map)],
    csv: {head: ['s', ...rows], columns: [at, ...rows.map((_, row) => map.cells.map(column => column[row]))]},
    series: [{label: 'mean', values: map.mean, stroke: 'two', unit: 'ms'}]});
}

// One small chart an agent, all on the same axes.
function eachAgent(level, course) {
  if (!course.agents) return null;
  const greatest = Math.max(...course.agents.flatMap(one => one.ttft_p50).filter(known));
  const more = Object.keys(level.client.agents || {}).length - course.agents.length;
  return el('details', {open: ''}, el('summary', {}, `TTFT by agent${more > 0 ? `, of the first ${course.agents.length}` : ''}`),
    el('div', {class: 'multiples'}, course.agents.map(one => chart({name: `${level.name}_agent_${one.agent}`, title: one.agent, small: true, sync: 'level ' + level.name,
      until: one.ttft_p50.length * one.step_ms / 1000, scales: {y: {range: [0, (greatest || 1) * 1.05]}},
      x: {label: 's', values: one.ttft_p50.map((_, i) => (i + 0.5) * one.step_ms / 1000)}, axes: {y: 'ms'},
      series: [{label: 'TTFT p50', values: one.ttft_p50, stroke: 'two', unit: 'ms'}]}))));
}

// What boards and engine told, each on the level's own time.
function told(level, course) {
  const charts = [], until = course.tokens_per_s.length * course.step_ms / 1000;
  for (const gpu of level.gpu || []) {
    const samples = gpu.samples || [];
    for (const {key, name, unit} of GPU_QUANTITIES.filter(({key}) => samples.some(sample => known(sample[key])))) {
      charts.push(chart({name: `${level.name}_gpu_${gpu.agent}_${gpu.index}_${key}`, title: `${name}: ${gpu.name || 'GPU'} ${gpu.index} of ${gpu.agent}`,
        sync: 'level ' + level.name, until, x: {label: 's', values: samples.map(sample => sample.t_ms / 1000)}, axes: {y: unit},
        series: [{label: key, values: samples.map(sample => sample[key]), stroke: 'three', unit}]}));
    }
  }
  const samples = (level.engine && level.engine.samples) || [];
  const gauges = ENGINE_GAUGES.filter(({key}) => samples.some(sample => known(sample[key])));
  if (samples.length > 1 && gauges.length) {
    charts.push(chart({name: level.name + '_engine', title: 'What the engine told', wide: true, sync: 'level ' + level.name, until,
      x: {label: 's', values: samples.map(sample => sample.t_ms / 1000)}, axes: GAUGE_AXES,
      series: gauges.map(({key, of}) => ({...of, values: samples.map(sample => sample[key] ?? null)}))}));
  }
  return charts;
}

function slowest(level, course) {
  if (!course.slowest.length) return null;
  const from = Math.min(...course.slowest.map(one => one.due)), to = Math.max(...course.slowest.map(one => one.end));
  const widest = Math.max(1e-9, ...course.slowest.map(one => one.end - one.due));
  const part = (one, kind, a, b, what) => {
    if (!known(a) || !known(b) || b <= a) return null;
    const bar = el('i', {class: kind, title: `${what}: ${number(b - a)} ms`});
    bar.style.left = (a - one.due) / widest * 100 + '%';
    bar.style.width = (b - a) / widest * 100 + '%';
    return bar;
  };
  const fall = one => el('div', {class: 'fall', role: 'img', 'aria-label': `due to sent ${number(one.sent - one.due)} ms, to the first token ${ms(known(one.first_token) ? one.first_token - one.sent : null)}, to the end ${number(one.end - one.sent)} ms`},
    part(one, 'wait', one.due, one.sent, 'waited to be sent'),
    part(one, 'first', one.sent, one.first_token ?? one.end, 'to the first token'),
    part(one, 'tokens', one.first_token, one.last_token, 'tokens'),
    part(one, 'rest', one.last_token, one.end, 'to the end'));
  return el('details', {}, el('summary', {}, `The ${course.slowest.length > 1 ? course.slowest.length + ' slowest requests' : 'slowest request'}, from ${number(from / 1000)} to ${number(to / 1000)} s`),
    table(['request', 'agent', 'prompt', 'outcome', 'tokens', 'sent at (s)', 'TTFT (ms)', 'E2E (ms)', 'due, first token, tokens, end'],
      course.slowest.map(one => [one.id, one.agent, one.prompt, one.error ? `${one.outcome}: ${one.error}` : one.outcome, number(one.tokens), number(one.sent / 1000),
        number(known(one.first_token) ? one.first_token - one.sent : null), number(one.end - one.sent), fall(one)]), [4, 5, 6, 7]));
}

function agents(level) {
  const each = Object.entries(level.client.agents || {});
  return each.length < 2 ? null : el('details', {}, el('summary', {}, `${each.length} agents`),
    table(['agent', 'lanes', 'sent/s', 'completed/s', 'send lag p99 (ms)', 'CPU share', 'events that shared a read', 'clock offset (ms)'],
      each.map(([name, one]) => [name, number(one.lanes), number(one.sent_rps), number(one.completed_rps), number(one.schedule_lag_ms.p99, 3),
        number(one.cpu_share, 3), number(one.stamps.shared), number(one.clock_offset_ms, 3)]), [1, 2, 3, 4, 5, 6, 7]));
}

function validity(level) {
  const metrics = Object.entries(level.validity.metrics || {});
  return el('details', {}, el('summary', {}, 'How far each metric may be the client’s own'),
    table(['metric', 'holds', 'error at most (ms)', 'limit (ms)'], metrics.map(([name, one]) =>
      [name, el('span', {class: one.valid ? 'good' : 'bad'}, one.valid ? 'yes' : 'NO'), number(one.error_ms, 3), number(one.limit_ms, 3)]), [2, 3]));
}

function findings(level, codes) {
  const all = level.validity.findings || [];
  return all.length === 0 ? el('p', {class: 'faint'}, 'No findings.')
    : el('ul', {class: 'findings'}, gravestFirst(all).map(one => el('li', {},
      el('p', {}, el('b', {class: weight[one.severity]}, `${one.severity}: ${one.code}`), ' ', one.message),
      el('details', {}, el('summary', {}, 'what it means'),
        el('p', {}, codes[one.code].meaning + '.'), el('p', {}, 'What to do: ' + codes[one.code].remedy + '.')))));
}

function objectives(level) {
  return level.slo.length === 0 ? null : table(['objective', 'measured (ms)', 'limit (ms)', 'met'],
    level.slo.map(one => [one.objective, number(one.value_ms), number(one.limit_ms), el('span', {class: one.met ? 'good' : 'bad'}, one.met ? 'yes' : 'NO')]), [1, 2]);
}

function section(level, course, codes) {
  return el('section', {'aria-label': 'level ' + level.name},
    el('h2', {}, `Level ${level.name}`), el('p', {class: 'faint'}, load(level)),
    tiles(level), objectives(level), findings(level, codes),
    course ? el('div', {class: 'charts'}, overTime(level, course), work(level, course), gapMap(level, course), told(level, course), percentiles(level, course), lengths(level, course)) : null,
    course ? eachAgent(level, course) : null, course ? slowest(level, course) : null, turns(level), models(level), agents(level), validity(level));
}

const load = ({load: of, metrics}) => (known(of.concurrency) ? `${counted(of.concurrency, 'user')} in a closed loop` : `${number(of.rate)} requests/s, ${typeof of.arrival === 'string' ? of.arrival : 'replayed times'}`)
  + `, ${counted(metrics.requests.total, 'request')} in ${number(metrics.duration_s)} s`;
