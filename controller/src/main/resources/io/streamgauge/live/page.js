'use strict';
const LOOK_EVERY = 2000;
const RESULTS_EVERY = 30000;
let panel = null, stored = [], storedAt = 0, about = null;

const latest = runs => runs.find(run => run.state === 'running') ?? runs.find(run => run.state === 'queued');

async function look() {
  try {
    about ??= await ask('/api/v1/controller');
    const [all, runs] = await Promise.all([ask('/api/v1/agents'), ask('/api/v1/runs')]);
    if (Date.now() - storedAt > RESULTS_EVERY) await lookAtResults();
    place('plan').hidden = !about.takes_plans;
    place('about').textContent = plain(about.takes_plans ? `controller of cluster ${about.cluster} at ${about.bind}, version ${about.version}` : `a run in one process, version ${about.version}`);
    const on = latest(runs) ?? (panel ? null : runs[0]);
    if (on && (!panel || panel.run.id !== on.id)) {
      panel?.close();
      panel = new RunPanel({...on}, () => { storedAt = 0; look(); });
    } else if (!panel) {
      show('run', all.some(one => one.state === 'present'), () => nothing(all));
    }
    panel?.know(Object.fromEntries(all.map(one => [one.id, one.state])));
    const waiting = runs.filter(run => run.state === 'queued' && run.id !== panel?.run.id);
    show('waiting', waiting.map(run => run.id), () => waiting.length ? [el('h2', {}, 'Waiting'), table(['run', 'since', ''],
      waiting.toReversed().map(run => [run.name, time(run.submitted_at), el('button', {type: 'button', click: () => askToCancel(run)}, 'Cancel')]))] : []);
    show('agents', all.map(one => ({...one, last_heard_s: one.state === 'present' ? 0 : Math.round(one.last_heard_s)})), () => agents(all, about));
    drawResults(runs);
    say('');
  } catch (problem) {
    say(problem instanceof Refused ? problem.message
      : about?.takes_plans === false ? 'The run is over and its process has ended. Its files are in the output folder.' : 'The controller does not answer; trying again.');
  }
}

async function lookAtResults() {
  stored = await ask('/api/v1/results');
  storedAt = Date.now();
}

function drawResults(runs) {
  const ends = runs.filter(run => run.state === 'ended').map(run => [run.id, run.status, run.exit_code]);
  show('results', [stored, ends, [...chosen], Boolean(token())], () => results(stored, runs, about.takes_plans, () => drawResults(runs)));
}

const nothing = all => !about.takes_plans ? el('p', {class: 'empty'}, 'The run is about to begin.') : el('div', {class: 'empty'}, el('h2', {}, 'No run is on'),
  el('p', {}, all.some(one => one.state === 'present') ? 'Start one below, or from a shell:' : 'First an agent has to be here; see below. Then start a run here, or from a shell:'),
  el('pre', {tabindex: 0}, `streamgauge submit plan.yaml --controller ${location.origin}`));

place('plan').append(...planEditor(() => look()));
place('login').addEventListener('submit', event => { event.preventDefault(); storedAt = 0; look(); });
drawCharts();
setInterval(() => document.hidden || look(), LOOK_EVERY);
document.addEventListener('visibilitychange', () => document.hidden || look());
look();
