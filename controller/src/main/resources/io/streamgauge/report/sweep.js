'use strict';
const amount = level => known(level.load.concurrency) ? level.load.concurrency : level.load.rate;

// The levels beside each other.
function sweep(levels, knee) {
  const goodput = levels.some(level => level.goodput), energy = levels.some(joules);
  const rows = levels.map(level => {
    const m = level.metrics, ttft = m[judged(level, 'ttft')];
    return [level.name, load(level), number(m.requests.successful), number(m.requests.failed), number(m.output_tps), number(m.rps),
      number(ttft.p50), number(ttft.p99), number(m.itl_ms.p50), number(m.itl_ms.p99),
      ...(goodput ? [number(level.goodput && level.goodput.goodput_rps)] : []), ...(energy ? [number(joules(level), 4)] : []),
      el('span', {class: level.validity.valid ? 'good' : 'bad'}, level.validity.valid ? 'yes' : 'NO')];
  });
  const head = ['level', 'load', 'ok', 'failed', 'tokens/s', 'requests/s', 'TTFT p50 (ms)', 'TTFT p99 (ms)', 'ITL p50 (ms)', 'ITL p99 (ms)',
    ...(goodput ? ['good requests/s'] : []), ...(energy ? ['J/token'] : []), 'valid'];
  return el('section', {'aria-label': 'levels'}, el('h2', {}, 'Levels'),
    table(head, rows, head.map((_, i) => i).slice(2, -1)),
    el('div', {class: 'charts'}, throughput(levels, knee), goodput ? good(levels) : null, energy ? spent(levels) : null));
}

function throughput(levels, knee) {
  const shown = levels.filter(level => known(level.metrics.ttft_ms.p50)).sort((a, b) => a.metrics.output_tps - b.metrics.output_tps);
  const at = levels.find(level => level.name === knee.level);
  return chart({name: 'throughput_latency', title: 'Throughput against latency', wide: true, plugins: at ? [upright(at.metrics.output_tps, 'knee: ' + at.name)] : [],
    note: `A point a level. ${at ? `The knee is ${at.name}.` : `No knee: ${knee.none}.`}`,
    x: {label: 'tokens/s', values: shown.map(level => level.metrics.output_tps)}, axes: {y: 'TTFT p50, ms', itl: 'ITL p50, ms'},
    series: [{label: 'TTFT p50', stroke: 'two', unit: 'ms', marks: true, values: shown.map(level => level.metrics[judged(level, 'ttft')].p50)},
      {label: 'ITL p50', stroke: 'three', unit: 'ms', marks: true, scale: 'itl', values: shown.map(level => level.metrics.itl_ms.p50)}]});
}

const byLoad = levels => [...levels].sort((a, b) => amount(a) - amount(b));
const offered = levels => known(levels[0].load.concurrency) ? 'users' : 'requests/s offered';

function good(levels) {
  const sorted = byLoad(levels);
  return chart({name: 'goodput', title: 'Goodput over load', note: 'Requests per second that met every objective, beside all that were answered.',
    x: {label: offered(levels), values: sorted.map(amount)}, axes: {y: 'requests/s'},
    series: [{label: 'good', stroke: 'three', marks: true, values: sorted.map(level => level.goodput ? level.goodput.goodput_rps : null)},
      {label: 'answered', stroke: 'one', marks: true, dash: [4, 4], values: sorted.map(level => level.metrics.rps)}]});
}

const joules = level => level.gpu_total ? level.gpu_total.energy_per_output_token_j : undefined;

function spent(levels) {
  const sorted = byLoad(levels);
  return chart({name: 'energy', title: 'Energy per output token over load', x: {label: offered(levels), values: sorted.map(amount)}, axes: {y: 'J/token'},
    series: [{label: 'J/token', stroke: 'four', marks: true, values: sorted.map(joules)}]});
}

// Conversations by their turns.
function turns({sessions}) {
  if (!sessions) return null;
  const each = sessions.turns;
  return el('div', {}, el('h3', {}, 'Sessions'),
    el('p', {}, `${number(sessions.completed)} were completed, ${number(sessions.failed)} ended by a failed turn, ${number(sessions.cut)} cut off by the level’s end; ${number(sessions.turns_sent)} turns were sent.`),
    table(['turn', 'requests', 'ok', 'TTFT p50 (ms)', 'TTFT mean (ms)', 'E2E p50 (ms)', 'E2E mean (ms)', 'input tokens (mean)', 'of them cached'],
      each.map(one => [one.turn, number(one.requests), number(one.successful), number(one.ttft_ms.p50), number(one.ttft_ms.mean), number(one.e2e_ms.p50), number(one.e2e_ms.mean),
        number(one.successful ? one.input_tokens / one.successful : null, 1), known(one.cached_tokens) ? number(100 * one.cached_tokens / Math.max(1, one.input_tokens), 1) + ' %' : '–']), [1, 2, 3, 4, 5, 6, 7, 8]),
    each.length < 2 ? null : el('div', {class: 'charts'}, chart({name: 'turns', title: 'TTFT and E2E by turn', x: {label: 'turn', values: each.map((_, i) => i + 1)}, axes: {y: 'TTFT, ms', e2e: 'E2E, ms'},
      series: [{label: 'TTFT p50', stroke: 'two', marks: true, unit: 'ms', values: each.map(one => one.ttft_ms.p50)},
        {label: 'E2E p50', stroke: 'one', marks: true, unit: 'ms', scale: 'e2e', values: each.map(one => one.e2e_ms.p50)}]})));
}

// Several models in one load.
const models = level => !level.models ? null : el('div', {}, el('h3', {}, 'Models'),
  table(['model', 'ok', 'failed', 'requests/s', 'tokens/s', 'TTFT p50 (ms)', 'TTFT p99 (ms)', 'E2E p50 (ms)', 'TPOT p50 (ms)'],
    Object.entries(level.models).map(([name, m]) => [name, number(m.requests.successful), number(m.requests.failed), number(m.rps), number(m.output_tps),
      number(m.ttft_ms.p50), number(m.ttft_ms.p99), number(m.e2e_ms.p50), number(m.tpot_ms.p50)]), [1, 2, 3, 4, 5, 6, 7, 8]));
