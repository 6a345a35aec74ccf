'use strict';
const STATES = {present: ['good', 'here'], lost: ['bad', 'silent'], left: ['faint', 'left'], turned_away: ['bad', 'turned away']};
const ENGINES = {starting: 'warn', serving: 'good', died: 'bad'};

function agents(all, about) {
  const head = ['agent', 'state', 'roles', 'host', 'cores', 'lanes', 'takes (events/s)', 'GPUs', 'engine', 'clock offset (ms)', 'version'];
  const rows = all.map(one => {
    const [style, word] = STATES[one.state];
    const offset = known(one.clock_offset_ms) ? `${number(one.clock_offset_ms, 3)} ± ${number(one.clock_bound_ms, 3)}` : '–';
    const why = one.reason ?? (one.state === 'present' ? null : `last heard ${lasting(one.last_heard_s)} ago`);
    return [one.id, [el('span', {class: style}, word), why ? el('span', {class: 'why'}, why) : null], one.roles.join(', '), one.host ?? '–', number(one.cores), number(one.lanes), number(one.capacity_events_per_s, 0),
      boards(one.gpus), one.engines.length ? one.engines.flatMap(engine) : '–', offset, one.version];
  });
  const here = all.filter(one => one.state === 'present');
  return [el('h2', {}, 'Agents'),
    here.length === 0 ? noAgents(about) : el('p', {class: 'faint'}, `${here.length} here, ${number(here.reduce((sum, one) => sum + (one.cores ?? 0), 0))} cores`),
    rows.length ? table(head, rows, [4, 5, 6, 9]) : null];
}

const engine = ({name, state, version, url, detail}) => [el('b', {}, name), known(version) ? ' ' + version : '', ' ', el('span', {class: ENGINES[state]}, state),
  url ? el('span', {class: 'why'}, url) : null, detail ? el('span', {class: 'why'}, state === 'starting' ? 'waits for ' + detail : detail) : null];

// Boards of one kind together.
function boards(gpus) {
  const names = [...new Set(gpus.map(gpu => gpu.name))];
  return names.map(name => [gpus.filter(gpu => gpu.name === name).length, name]).map(([count, name]) => count > 1 ? `${count} × ${name}` : name).join(', ') || '–';
}

const noAgents = about => !about.takes_plans ? null : el('div', {class: 'empty'}, el('p', {}, 'No agent is here. On each host that is to fire load or to run an engine, start one:'),
  el('pre', {tabindex: 0}, `streamgauge agent --join ${about.bind} --cluster ${about.cluster}`),
  about.key ? el('p', {class: 'faint'}, `On another host it needs this controller’s public key, ${about.key}.`) : null);
