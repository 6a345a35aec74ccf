'use strict';
const LOOK_EVERY = 2000;
const LONGEST_LOOK = 10000;
const RESULTS_EVERY = 30000;
let panel = null, runs = [], stored = null, listing = {since: 0, done: true}, unlisted = '', about = null, looking = null;

const latest = () => runs.find(run => run.state === 'running') ?? runs.find(run => run.state === 'queued');

// One at a time.
function look() {
  return looking ??= lookOnce().finally(() => { looking = null; });
}

// Of what the user did just now a look that is under way knows nothing.
const lookAnew = () => Promise.resolve(looking).then(look);

async function lookOnce() {
  try {
    const within = {signal: AbortSignal.timeout(LONGEST_LOOK)};
    about ??= await ask('/api/v1/controller', within);
    const [all, booked] = await Promise.all([ask('/api/v1/agents', within), ask('/api/v1/runs', within)]);
    runs = booked;
    const on = latest() ?? (panel ? null : runs[0]);
    // A run in this process is not to wait while many results are read.
    const over = runs.filter(run => run.state === 'ended').map(run => run.id).join();
    if ((about.takes_plans || over) && (listing.over !== over || Date.now() - listing.since > RESULTS_EVERY)) lookAtResults(over);
    place('plan').hidden = !about.takes_plans;
    place('about').textContent = plain(about.takes_plans ? `controller of cluster ${about.cluster} at ${about.bind}, version ${about.version}` : `a run in one process, version ${about.version}`);
    if (on && (!panel || panel.run.id !== on.id)) {
      panel?.close();
      panel = new RunPanel({...on}, lookAnew);
    } else if (!panel) {
      show('run', all.some(one => one.state === 'present'), () => nothing(all));
    }
    panel?.know(Object.fromEntries(all.map(one => [one.id, one.state])), runs.find(run => run.id === panel.run.id));
    const waiting = runs.filter(run => run.state === 'queued' && run.id !== panel?.run.id);
    show('waiting', waiting.map(run => run.id), () => waiting.length ? [el('h2', {}, 'Waiting'), table(['run', 'since', ''],
      waiting.toReversed().map(run => [run.name, time(run.submitted_at), el('button', {type: 'button', click: () => askToCancel(run)}, 'Cancel')]))] : []);
    show('agents', all.map(one => ({...one, last_heard_s: one.state === 'present' ? 0 : Math.round(one.last_heard_s)})), () => agents(all, about));
    if (listing.done) drawResults();
    tell(unlisted);
  } catch (problem) {
    if (problem.status === 401) place('login').hidden = false;
    tell(problem instanceof Refused ? problem.message
      : about?.takes_plans === false ? 'The run is over and its process has ended. Its files are in the output folder.' : 'The controller does not answer; trying again.');
  }
}

// What a look has to say. What others said stays until it has something.
let told = '';
function tell(text) {
  if (text || place('state').textContent === plain(told)) say(text);
  told = text;
}

// They may take long, or fail, and the rest of the page is drawn regardless; a run that is over is listed with its numbers at once.
async function lookAtResults(over) {
  const mine = listing = {over, since: Date.now(), done: false};
  try {
    const answer = await ask('/api/v1/results', {signal: AbortSignal.timeout(RESULTS_EVERY)});
    if (mine !== listing) return;
    stored = answer;
    unlisted = '';
  } catch (problem) {
    if (mine !== listing) return;
    unlisted = 'The results cannot be listed: ' + problem.message;
  }
  mine.done = true;
  drawResults();
}

function drawResults() {
  const ends = runs.filter(run => run.state === 'ended').map(run => [run.id, run.status, run.exit_code]);
  show('results', [stored, ends, [...chosen], Boolean(token())], () => stored ? results(stored, runs, about.takes_plans, drawResults) : []);
}

const nothing = all => !about.takes_plans ? el('p', {class: 'empty'}, 'The run is about to begin.') : el('div', {class: 'empty'}, el('h2', {}, 'No run is on'),
  el('p', {}, all.some(one => one.state === 'present') ? 'Start one below, or from a shell:' : 'First an agent has to be here; see below. Then start a run here, or from a shell:'),
  el('pre', {tabindex: 0}, `streamgauge submit plan.yaml --controller ${location.origin}`));

// An address may bring the token, behind a # and so to this page alone; it is not left where it can be read.
function takeToken() {
  const brought = new URLSearchParams(location.hash.slice(1)).get('token');
  if (!brought) return;
  place('token').value = brought;
  place('login').hidden = true;
  history.replaceState(null, '', location.pathname);
}

takeToken();
addEventListener('hashchange', () => { takeToken(); lookAnew(); });
place('plan').append(...planEditor(lookAnew));
place('login').addEventListener('submit', event => { event.preventDefault(); lookAnew(); });
drawCharts();
setInterval(() => document.hidden || look(), LOOK_EVERY);
document.addEventListener('visibilitychange', () => document.hidden || look());
look();
