'use strict';
const place = id => document.getElementById(id);
const token = () => place('token').value;
const permitted = () => token() ? {Authorization: 'Bearer ' + token()} : {};

// What the API says is wrong, with the field and the line where it names them.
class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || 'HTTP ' + status);
    this.status = status;
    this.problem = problem;
  }
}

async function call(path, {method = 'GET', type, body, headers = {}, signal} = {}) {
  const answer = await fetch(path, {method, body, signal, cache: 'no-store',
    headers: {...permitted(), ...(type ? {'Content-Type': type} : {}), ...headers}});
  if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})));
  return answer;
}

const ask = async (path, options) => (await call(path, options)).json();
const pause = millis => new Promise(done => setTimeout(done, millis));

// The events of a run to its end, over as many connections as it takes. Not by EventSource, which shows no token.
async function follow(id, take, signal) {
  let last = 0;
  while (!signal.aborted) {
    try {
      const answer = await call(`/api/v1/runs/${encodeURIComponent(id)}/events`, {headers: {'Last-Event-ID': String(last)}, signal});
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        const events = (text + piece.value).split('\n\n');
        text = events.pop();
        for (const event of events) {
          const fields = Object.fromEntries(event.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
          if (fields.id) last = Number(fields.id);
          if (fields.data) take(fields.event, JSON.parse(fields.data));
          if (fields.event === 'ended') return;
        }
      }
    } catch (problem) {
      if (problem instanceof Refused && problem.status === 404) return;
    }
    await pause(1000);
  }
}

// A file as a link; behind a token it is fetched, because a link shows none.
function fileLink(text, path, name, shown) {
  if (!token()) return el('a', shown ? {href: path, target: '_blank', rel: 'noopener'} : {href: path, download: name}, text);
  return el('button', {type: 'button', click: async () => {
    say('');
    try {
      const link = el('a', {href: URL.createObjectURL(await (await call(path)).blob()), download: name});
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    } catch (problem) {
      say(problem.message);
    }
  }}, text);
}

const say = text => { if (place('state').textContent !== plain(text)) place('state').textContent = plain(text); };

// Nothing is drawn anew that has not changed, so that a selection or the focus in it stays.
const shown = new Map();
function show(id, key, draw) {
  const text = JSON.stringify(key);
  if (shown.get(id) !== text) {
    shown.set(id, text);
    place(id).replaceChildren(...[draw()].flat(9).filter(known));
  }
}

const time = text => known(text) ? new Date(text).toLocaleString('sv') : '–';
const lasting = seconds => seconds < 90 ? `${Math.round(seconds)} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${number(seconds / 3600, 1)} h`;
const UNITS = {us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600};
const seconds = text => Number.parseFloat(text) * UNITS[text.replace(/[\d.]/g, '')];
