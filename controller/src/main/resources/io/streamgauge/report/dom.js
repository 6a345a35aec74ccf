'use strict';
// Whatever is shown goes through text nodes: nothing of a run is ever read as markup.
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const plain = text => String(text).replace(hidden, '\ufffd');

function el(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter(child => child !== null && child !== undefined)
      .map(child => child instanceof Node ? child : document.createTextNode(plain(child))));
  return made;
}

const known = value => value !== null && value !== undefined && !Number.isNaN(value);
const number = (value, digits = 2) => known(value)
  ? value.toLocaleString('en', {maximumFractionDigits: Math.abs(value) >= 1000 ? 0 : digits}) : '–';
const counted = (count, thing) => `${number(count)} ${thing}${count === 1 ? '' : 's'}`;
const ms = value => known(value) ? number(value, Math.abs(value) < 10 ? 3 : Math.abs(value) < 100 ? 2 : 1) + ' ms' : '–';

// How a finding of that severity looks.
const weight = {void: 'bad', warning: 'warn'};
const GRAVITY = ['void', 'warning', 'info'];
const gravestFirst = findings => findings.toSorted((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity));

function table(head, rows, numeric = []) {
  const cell = (tag, value, i) =>
    el(tag, {class: numeric.includes(i) ? 'number' : 'text', scope: tag === 'th' ? 'col' : null}, value);
  return el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': head.join(', ')},
    el('table', {},
      el('thead', {}, el('tr', {}, head.map((text, i) => cell('th', text, i)))),
      el('tbody', {}, rows.map(row => el('tr', {}, row.map((value, i) => cell('td', value, i)))))));
}

// A cell that a spreadsheet would compute is quoted with an apostrophe in front.
const csvCell = value => {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'number' ? String(value) : plain(value).replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
};

function download(name, type, text) {
  const link = el('a', {href: URL.createObjectURL(new Blob([text], {type})), download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const saveCsv = (name, head, columns) => download(name + '.csv', 'text/csv',
  [head, ...columns[0].map((_, i) => columns.map(column => column[i]))]
    .map(row => row.map(csvCell).join(',')).join('\n') + '\n');
