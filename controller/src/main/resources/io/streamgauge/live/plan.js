'use strict';
const EXAMPLE = `name: try
backends:
  - {name: sim, engine: sim}
levels:
  - {name: c4, concurrency: 4, requests: 40}
  - {name: c8, concurrency: 8, requests: 80}
`;
const mediaType = text => text.trimStart().startsWith('{') ? 'application/json' : 'application/yaml';

// A plan that is checked by the server while it is written: what is taken here is taken as a submission.
function planEditor(onStart) {
  const text = el('textarea', {id: 'text', spellcheck: 'false', 'aria-label': 'plan in YAML or JSON', 'aria-describedby': 'verdict', placeholder: 'Paste a plan, or drop its file here.'});
  const verdict = el('div', {id: 'verdict', 'aria-live': 'polite'});
  const start = el('button', {type: 'button', class: 'main', id: 'start', disabled: '', click: submit}, 'Start the run');
  const file = el('input', {type: 'file', id: 'file', accept: '.yaml,.yml,.json', hidden: '', change: () => file.files[0] && take(file.files[0])});
  let timer = 0, latest = 0;

  function changed() {
    clearTimeout(timer);
    start.disabled = true;
    timer = setTimeout(check, 300);
  }

  async function check() {
    const asked = ++latest, plan = text.value;
    if (!plan.trim()) return judge();
    try {
      const read = await ask('/api/v1/plans', {method: 'POST', type: mediaType(plan), body: plan});
      if (asked === latest) judge(el('p', {class: 'good'}, `No mistake: ${read.backends.join(', ')}; levels ${read.levels.join(', ')}` +
        (read.repeats > 1 ? `; ${read.repeats} repeats` : '') + `; needs ${read.agents} load agent${read.agents === 1 ? '' : 's'}.`), true);
    } catch (problem) {
      if (asked === latest) mistake(problem);
    }
  }

  function judge(said, right) {
    verdict.replaceChildren(...(said ? [said].flat() : []));
    text.setAttribute('aria-invalid', String(Boolean(said) && !right));
    start.disabled = !right;
  }

  function mistake({message, problem = {}}) {
    const line = problem.line, lines = text.value.split('\n');
    judge([el('p', {class: 'bad'}, line ? `Line ${line}: ` : '', problem.field ? el('b', {}, problem.field + ': ') : null,
      known(problem.value) && known(problem.expected) ? `${problem.value} is not valid, expected ${problem.expected}`
        : problem.expected && problem.field ? `expected ${problem.expected}` : message),
    line ? el('div', {class: 'actions'}, el('pre', {tabindex: 0}, `${line} | ${lines[line - 1] ?? ''}`), el('button', {type: 'button', click: () => go(lines, line)}, 'Go there')) : null].filter(known));
  }

  function go(lines, line) {
    const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    text.focus();
    text.setSelectionRange(from, from + (lines[line - 1] ?? '').length);
  }

  async function submit() {
    start.disabled = true;
    try {
      const plan = text.value;
      onStart((await ask('/api/v1/runs', {method: 'POST', type: mediaType(plan), body: plan})).id);
      start.disabled = false;
    } catch (problem) {
      mistake(problem);
      start.disabled = problem.status === 400;
    }
  }

  async function take(from) {
    text.value = await from.text();
    changed();
  }

  text.addEventListener('input', changed);
  for (const name of ['dragover', 'dragleave', 'drop']) {
    text.addEventListener(name, event => {
      event.preventDefault();
      text.classList.toggle('over', name === 'dragover');
      if (name === 'drop') event.dataTransfer.files[0] ? take(event.dataTransfer.files[0]) : (text.value = event.dataTransfer.getData('text'), changed());
    });
  }
  return [el('h2', {}, 'Start a run'), text, verdict,
    el('div', {class: 'actions'}, start, el('button', {type: 'button', click: () => file.click()}, 'Open a file'), file,
      el('button', {type: 'button', click: () => { text.value = EXAMPLE; changed(); }}, 'Show an example'))];
}
