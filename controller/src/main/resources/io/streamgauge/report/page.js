'use strict';
// A text with a button that copies it; where that is refused, it is selected.
function copied(text) {
  const shown = el('pre', {tabindex: 0}, text);
  const select = () => getSelection().selectAllChildren(shown);
  return el('div', {class: 'copied'}, shown, el('button', {type: 'button',
    click: () => navigator.clipboard ? navigator.clipboard.writeText(text).catch(select) : select()}, 'Copy'));
}

function again(result) {
  const plan = JSON.stringify(result.plan, null, 2);
  return el('section', {'aria-label': 'to run it again'}, el('h2', {}, 'To run it again'),
    copied('streamgauge run --plan plan.json'),
    el('p', {}, 'with this plan, in which prompts of its own and secrets are left out: ',
      el('button', {type: 'button', click: () => download('plan.json', 'application/json', plan)}, 'save plan.json')),
    el('details', {}, el('summary', {}, 'The plan'), copied(plan)));
}

function environment({environment: of, run}) {
  const engine = of.engine ? Object.entries(of.engine).filter(([, value]) => typeof value !== 'object').map(([key, value]) => `${key} ${typeof value === 'number' ? number(value, 3) : value}`).join(', ') : 'not started by the tool';
  return el('section', {'aria-label': 'environment'}, el('h2', {}, 'Environment'),
    table(['what', 'is'], [['tool', `Streamgauge ${of.tool}, Java ${of.jdk}, ${of.os}`], ['target', of.url], ['engine', engine], ['sampling', run.sampling],
      ['run', `${run.id}, seed ${run.seed}, from ${run.started_at} to ${run.ended_at}`]]),
    table(['agent', 'host', 'cores', 'lanes', 'roles', 'GPUs'], of.agents.map(agent =>
      [agent.id, agent.host, number(agent.cores), number(agent.lanes), (agent.roles || []).join(', '), (agent.gpus || []).map(gpu => gpu.name).join(', ') || '–']), [2, 3]));
}

function page({result, verdict, knee, courses, codes}) {
  const levels = result.levels;
  const bad = result.run.status === 'failed' ? 'failed' : levels.some(level => !level.validity.valid) ? 'void'
    : levels.some(level => Object.values(level.validity.metrics || {}).some(one => !one.valid)) ? 'doubt' : '';
  document.title = plain(`${result.run.name}: ${result.run.backend}, Streamgauge`);
  document.getElementById('report').append(
    el('header', {}, el('h1', {}, `${result.run.backend}: ${result.run.model}`),
      el('p', {class: 'faint'}, `Run ${result.run.name}, ${result.run.started_at}, at ${result.environment.url}`),
      el('p', {class: 'verdict ' + bad}, verdict)),
    ...(levels.length > 1 ? [sweep(levels, knee)] : []),
    ...levels.map(level => section(level, courses[level.name], codes)),
    again(result), environment(result));
  drawCharts();
}

page(JSON.parse(document.getElementById('data').textContent));
