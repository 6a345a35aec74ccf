'use strict';
const OUTCOMES = of => Object.entries(of).filter(([key, count]) => key !== 'ok' && count > 0);

// The run that is on, or was on last: drawn once, then filled from its events.
class RunPanel {
  constructor(run, onEnd) {
    this.run = run;
    this.onEnd = onEnd;
    this.course = new Course();
    this.findings = [];
    this.soFar = [];
    this.notes = [];
    this.charts = {};
    this.states = {};
    this.stop = new AbortController();
    this.dirty = new Set();
    const part = id => el('div', {id});
    this.parts = Object.fromEntries(['head', 'progress', 'live-tiles', 'failures', 'live-findings', 'charts', 'work', 'notes'].map(id => [id, part(id)]));
    this.parts.charts.className = 'charts';
    place('run').replaceChildren(...Object.values(this.parts));
    this.mark('head', 'notes');
    follow(run.id, (name, data) => this.take(name, data), this.stop.signal).then(() => this.end());
  }

  // Also of one that its controller does not know any more.
  end() {
    if (!this.over && !this.stop.signal.aborted) this.take('ended', {state: 'ended', status: 'gone', failure: 'its controller does not know it any more', results: []});
    this.onEnd();
  }

  close() {
    this.stop.abort();
    Object.values(this.charts).forEach(({figure}) => undraw(figure));
    place('run').replaceChildren();
  }

  take(name, data) {
    switch (name) {
      case 'state': this.run.state = data.state; this.mark('head'); break;
      case 'note': this.notes.push(data.text); this.notes.splice(0, this.notes.length - 50); this.mark('notes'); break;
      case 'stats': this.live = data; this.now = this.course.stats(data); this.mark('progress', 'live-tiles', 'failures', 'charts'); break;
      case 'observed': this.seen = data; this.course.observed(data); this.foundSoFar(data); this.mark('head', 'work', 'charts'); break;
      case 'level': this.findings.push(...data.findings); this.soFar = []; this.mark('live-findings'); break;
      case 'result': (this.results ??= []).push(data); this.mark('head'); break;
      case 'ended': Object.assign(this.run, data); this.results = data.results; this.soFar = []; this.mark('head', 'progress', 'live-tiles', 'live-findings', 'work'); break;
    }
  }

  // Many events may come at once, of which the last alone is drawn.
  mark(...parts) {
    if (!this.dirty.size) requestAnimationFrame(() => { const due = [...this.dirty]; this.dirty.clear(); due.forEach(one => this.draw(one)); });
    parts.forEach(one => this.dirty.add(one));
  }

  draw(part) {
    if (part === 'charts') return this.drawCharts();
    const drawn = {head: () => this.head(), progress: () => this.progress(), 'live-tiles': () => this.tiles(), failures: () => this.failures(),
      'live-findings': () => this.found(), work: () => this.work(), notes: () => this.said()}[part]();
    this.parts[part].replaceChildren(...[drawn].flat().filter(known));
  }

  get over() { return this.run.state === 'ended'; }

  head() {
    const {run, seen} = this;
    const stage = seen && seen.stage;
    const where = !stage ? 'preparing' : `level ${stage.level}${stage.warmup ? ' (warm-up)' : ''}, ${known(stage.of) ? `${stage.number} of ${stage.of}` : `the ${stage.number}. of a search`}`
      + (stage.turns > 1 ? `; ${stage.backend}, ${stage.turn} of ${stage.turns} backends and repeats` : `; ${stage.backend}`);
    if (this.over) document.title = plain(`${run.name}: ${run.status}`);
    return [el('div', {class: 'bar'}, el('h2', {class: 'now'}, this.over ? `Last run: ${run.name}` : `Now: ${run.name}`),
      this.over ? null : el('button', {type: 'button', class: 'danger', id: 'cancel', click: () => askToCancel(run)}, 'Cancel the run')),
    this.over ? el('p', {class: 'verdict ' + (run.status === 'completed' && run.exit_code === 0 ? '' : 'failed')}, ended(run)) : el('p', {class: 'faint'}, where),
    this.over && this.results?.length ? el('p', {class: 'faint'}, 'Its files are among the results below.') : null];
  }

  progress() {
    const {live} = this;
    if (!live || this.over) return null;
    const all = known(live.total) ? `${number(live.done)} of ${number(live.total)} requests` : `${number(live.done)} requests`;
    const left = known(live.left) ? `, about ${lasting(seconds(live.left))} left` : '';
    const share = this.share();
    document.title = plain(known(share) ? `${Math.floor(100 * share)} % ${this.run.name}` : this.run.name);
    return [el('progress', {'aria-label': 'progress of the run', ...(known(share) ? {max: 1, value: share} : {})}),
      el('p', {id: 'done'}, all + left)];
  }

  // By requests, or by time where their number is not known: by the run's, because the course begins where the page was opened.
  share() {
    const {live, course} = this;
    if (known(live.total)) return live.total > 0 ? live.done / live.total : null;
    if (!known(live.left)) return null;
    const gone = known(this.run.started_at) ? Math.max(course.latest, (Date.now() - new Date(this.run.started_at)) / 1000) : course.latest;
    return gone / (gone + seconds(live.left));
  }

  tiles() {
    const {live, now} = this;
    if (!live) return null;
    const values = [['tokens-now', 'Tokens/s now', this.over ? '–' : number(now.tokens), 'Output tokens in the last second'],
      ['tokens', 'Tokens/s', number(live.output_tps), 'Output tokens that have arrived over the time of the level so far'],
      ['ttft-p50', 'TTFT p50', ms(live.ttft_p50), 'From the sending of a request to its first token; median of the level so far'],
      ['ttft-p99', 'TTFT p99', ms(live.ttft_p99), 'The same, 99th percentile, without regard to how few samples there are'],
      ['itl-p50', 'ITL p50', ms(live.itl_p50), 'Gap between two tokens of an answer; median of the level so far'],
      ['itl-p99', 'ITL p99', ms(live.itl_p99), 'The same, 99th percentile'],
      ['flight', 'In flight', number(live.in_flight), 'Requests that are sent and not answered yet'],
      ['failed', 'Failed', number(live.failed), 'Requests of the whole run without a whole answer']];
    return el('ul', {class: 'tiles'}, values.map(([id, name, value, meaning]) =>
      el('li', {title: meaning}, el('span', {class: 'faint'}, name), el('b', {id: 'now-' + id}, value))));
  }

  failures() {
    const kinds = OUTCOMES(this.live.totals.outcomes);
    return kinds.length ? el('p', {class: 'bad'}, 'Not answered in this level: ' + kinds.map(([kind, count]) => `${number(count)} ${kind.replaceAll('_', ' ')}`).join(', ')) : null;
  }

  // What a level shows already is told anew each time; what it showed in all comes with its end.
  foundSoFar({stage, findings = []}) {
    if (!findings.length && !this.soFar.length) return;
    this.soFar = findings.map(one => ({...one, level: stage.level, soFar: true}));
    this.mark('live-findings');
  }

  // The gravest first; what several levels have in common but for its numbers once, with the latest.
  found() {
    const alike = new Map();
    for (const one of [...this.findings, ...this.soFar]) {
      const key = one.severity + one.code + one.message.replace(/\d+([.,]\d+)*/g, '#');
      alike.set(key, {...one, levels: new Set(alike.get(key)?.levels).add(one.level)});
    }
    const all = gravestFirst([...alike.values()]);
    return all.length ? el('ul', {class: 'findings', 'aria-label': 'findings'}, all.map(one => el('li', {},
      el('b', {class: weight[one.severity]}, `${one.severity}: ${one.code}`),
      ` in level${one.levels.size > 1 ? 's' : ''} ${[...one.levels].join(', ')}${one.soFar ? ', so far' : ''}: ${one.message}`))) : null;
  }

  work() {
    if (!this.seen) return null;
    const gone = agent => !['present', undefined].includes(this.states[agent]);
    return this.over ? null : [el('h3', {}, 'What agents do in this level'), table(['agent', 'state', 'done', 'failed', 'in flight'],
      this.seen.agents.map(one => [one.agent, el('span', {class: gone(one.agent) ? 'bad' : 'good'}, gone(one.agent) ? 'gone' : 'here'),
        number(one.done), number(one.failed), gone(one.agent) ? '–' : number(one.in_flight)]), [2, 3, 4])];
  }

  // Who is there, by the agents' ids, and since when the run is on.
  know(states, {started_at} = {}) {
    this.states = states;
    this.run.started_at ??= started_at;
    if (this.seen) this.mark('work');
  }

  said() {
    return this.notes.length ? el('details', {open: this.over ? null : ''}, el('summary', {}, 'What the run said'), el('pre', {tabindex: 0, 'aria-label': 'what the run said'}, this.notes.join('\n'))) : null;
  }

  drawCharts() {
    const {course: {columns: c, boards, engine}} = this;
    const sync = 'run', x = {label: 's'};
    this.chart('work', {title: 'Tokens/s and requests in flight', wide: true, axes: {y: 'tokens/s', n: 'requests'},
      series: [{label: 'tokens/s', stroke: 'one'}, {label: 'in flight', stroke: 'two', scale: 'n'}]}, [c.at, c.tokens, c.flight]);
    const times = name => ({title: name + ' over time', note: 'Mean of each second, and percentiles of the level so far.', axes: {y: 'ms'},
      series: [{label: 'mean now', stroke: 'one', unit: 'ms'}, {label: 'p50', stroke: 'two', unit: 'ms'}, {label: 'p99', stroke: 'four', dash: [4, 4], unit: 'ms'}]});
    this.chart('ttft', times('TTFT'), [c.at, c.ttft, c.ttft50, c.ttft99]);
    this.chart('itl', times('ITL'), [c.at, c.itl, c.itl50, c.itl99]);
    for (const {key, name, unit} of GPU_QUANTITIES) {
      const of = Object.keys(boards).filter(one => one.startsWith(key + OF_GPU));
      if (of.length) this.chart(key, {title: name, axes: {y: unit},
        series: of.map((one, i) => ({label: 'GPU ' + one.slice((key + OF_GPU).length), stroke: ['one', 'two', 'three', 'four'][i % 4], unit}))}, [boards.at, ...of.map(one => boards[one])]);
    }
    const gauges = ENGINE_GAUGES.filter(({key}) => engine[key].some(known));
    if (gauges.length) this.chart('engine', {title: 'What the engine tells', wide: true, axes: GAUGE_AXES, series: gauges.map(({of}) => of)},
      [engine.at, ...gauges.map(({key}) => engine[key])]);
  }

  // Of more lines than before it is drawn anew in its place.
  chart(name, of, [at, ...values]) {
    const before = this.charts[name];
    if (before?.lines === values.length) return feed(before.figure, [at, ...values]);
    const figure = chart({name: `${this.run.id}_${name}`, sync: 'run', ...of, x: {label: 's', values: at},
      series: of.series.map((one, i) => ({...one, values: values[i]}))});
    this.charts[name] = {figure, lines: values.length};
    if (!before) return this.parts.charts.append(figure);
    undraw(before.figure);
    before.figure.replaceWith(figure);
  }
}

const CODES = {0: 'its numbers hold', 1: 'it failed, or too many requests did', 2: 'the plan was wrong', 3: 'an objective was missed',
  4: 'void: its numbers do not hold, the findings say why', 5: 'an agent was lost, and its share of the load with it', 130: 'it was stopped; what was measured is kept'};
const ended = run => `${run.status ?? 'ended'}: ${run.failure ?? CODES[run.exit_code] ?? 'exit code ' + run.exit_code}`;

function askToCancel(run) {
  const dialog = place('ask');
  const close = () => dialog.close();
  dialog.replaceChildren(el('h2', {id: 'question'}, `Cancel ${run.name}?`),
    el('p', {}, 'Its load stops within a second. What was measured until then is kept.'),
    el('div', {class: 'actions'}, el('button', {type: 'button', class: 'danger', id: 'cancel-now', click: async () => {
      close();
      say('');
      try {
        await call(`/api/v1/runs/${encodeURIComponent(run.id)}`, {method: 'DELETE'});
      } catch (problem) {
        say(problem.message);
      }
    }}, 'Cancel the run'), el('button', {type: 'button', click: close}, 'Let it go on')));
  dialog.showModal();
}
