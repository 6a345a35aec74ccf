'use strict';
function sweep(levels) {
  const rows = levels.map(level => {
    const m = level.metrics;
    return [level.name, load(level), number(m.requests.successful), number(m.requests.failed), number(m.output_tps), number(m.rps),
      number(m.ttft_ms.p50), number(m.ttft_ms.p99), number(m.itl_ms.p50), number(m.itl_ms.p99),
      el('span', {class: level.validity.valid ? 'good' : 'bad'}, level.validity.valid ? 'yes' : 'NO')];
  });
  const valid = levels.filter(level => known(level.metrics.ttft_ms.p50)).sort((a, b) => a.metrics.output_tps - b.metrics.output_tps);
  return el('section', {'aria-label': 'levels'}, el('h2', {}, 'Levels'),
    table(['level', 'load', 'ok', 'failed', 'tokens/s', 'requests/s', 'TTFT p50 (ms)', 'TTFT p99 (ms)', 'ITL p50 (ms)', 'ITL p99 (ms)', 'valid'], rows, [2, 3, 4, 5, 6, 7, 8, 9]),
    el('div', {class: 'charts'},
      chart({name: 'throughput_latency', title: 'Throughput against latency', note: 'A point a level.', wide: true,
        x: {label: 'tokens/s', values: valid.map(level => level.metrics.output_tps)}, axes: {y: 'TTFT p50, ms', itl: 'ITL p50, ms'},
        series: [{label: 'TTFT p50', stroke: 'two', unit: 'ms', marks: true, values: valid.map(level => level.metrics.ttft_ms.p50)},
          {label: 'ITL p50', stroke: 'three', unit: 'ms', marks: true, scale: 'itl', values: valid.map(level => level.metrics.itl_ms.p50)}]})));
}

function again(result) {
  const plan = JSON.stringify(result.plan, null, 2);
  return el('section', {'aria-label': 'to run it again'}, el('h2', {}, 'To run it again'),
    el('pre', {tabindex: 0}, 'streamgauge run --plan plan.json'),
    el('p', {}, 'with this plan, in which prompts of its own and secrets are left out: ',
      el('button', {type: 'button', click: () => download('plan.json', 'application/json', plan)}, 'save plan.json')),
    el('details', {}, el('summary', {}, 'The plan'), el('pre', {tabindex: 0}, plan)));
}

function environment({environment: of, run}) {
  const engine = of.engine ? Object.entries(of.engine).filter(([, value]) => typeof value !== 'object').map(([key, value]) => `${key} ${value}`).join(', ') : 'not started by the tool';
  return el('section', {'aria-label': 'environment'}, el('h2', {}, 'Environment'),
    table(['what', 'is'], [['tool', `Streamgauge ${of.tool}, Java ${of.jdk}, ${of.os}`], ['target', of.url], ['engine', engine], ['sampling', run.sampling],
      ['run', `${run.id}, seed ${run.seed}, from ${run.started_at} to ${run.ended_at}`]]),
    table(['agent', 'host', 'cores', 'lanes', 'roles', 'GPUs'], of.agents.map(agent =>
      [agent.id, agent.host, number(agent.cores), number(agent.lanes), (agent.roles || []).join(', '), (agent.gpus || []).map(gpu => gpu.name).join(', ')]), [2, 3]));
}

function page({result, verdict, courses, codes}) {
  const levels = result.levels;
  const bad = result.run.status === 'failed' ? 'failed' : levels.some(level => !level.validity.valid) ? 'void' : '';
  document.title = plain(`${result.run.name}: ${result.run.backend}, Streamgauge`);
  document.getElementById('report').append(
    el('header', {}, el('h1', {}, `${result.run.backend}: ${result.run.model}`),
      el('p', {class: 'faint'}, `Run ${result.run.name}, ${result.run.started_at}, at ${result.environment.url}`),
      el('p', {class: 'verdict ' + bad}, verdict)),
    ...(levels.length > 1 ? [sweep(levels)] : []),
    ...levels.map(level => section(level, courses[level.name], codes)),
    again(result), environment(result));
  drawCharts();
}

page(JSON.parse(document.getElementById('data').textContent));
