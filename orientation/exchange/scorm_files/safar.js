/* Marks the questions of the page and tells the course system, by SCORM 1.2: share of right answers, and passed or not. */
'use strict';

/* The system offers an object called API in a window above this one, or in the window that opened it. */
function findApi(from) {
  for (let depth = 0; from && depth < 50; depth++) {
    if (from.API) return from.API;
    if (from.parent === from) return from.opener ? findApi(from.opener) : null;
    from = from.parent;
  }
  return null;
}

const api = findApi(window), begun = Date.now();
const tell = (name, value) => api && api.LMSSetValue('cmi.core.' + name, String(value));
const keys = JSON.parse(document.getElementById('keys').textContent), form = document.getElementById('questions');

function isRight({ kind, right }, fields) {
  if (kind === 'number') {
    const text = fields[0].value.replace(/[\s\u00a0]/g, '').replace(',', '.');
    return text !== '' && Math.abs(text - right[0]) <= +right[1];
  }
  if (kind === 'order') return fields.every((field, place) => field.value !== '' && right[+field.value] === place);
  return fields.every((field, place) => field.checked === right.includes(place));
}

if (api) {
  api.LMSInitialize('');
  const status = api.LMSGetValue('cmi.core.lesson_status');
  if (!status || status === 'not attempted' || status === 'unknown') {
    tell('lesson_status', 'incomplete');
    api.LMSCommit('');
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  let count = 0;
  [...form.querySelectorAll('fieldset')].forEach((box, number) => {
    const fields = [...box.querySelectorAll('input, select')], right = isRight(keys.keys[number], fields);
    count += right;
    box.querySelector('.right').hidden = !right;
    box.querySelector('.wrong').hidden = right;
    for (const why of box.querySelectorAll('.why')) why.hidden = false;
    for (const field of fields) {
      const why = field.parentNode.querySelector('i');
      if (why) why.hidden = !field.checked;
    }
  });
  const percent = keys.keys.length ? Math.round((100 * count) / keys.keys.length) : 100;
  form.querySelector('.score').textContent = `${count} / ${keys.keys.length}`;
  tell('score.min', 0);
  tell('score.max', 100);
  tell('score.raw', percent);
  tell('lesson_status', percent >= keys.pass ? 'passed' : 'failed');
  if (api) api.LMSCommit('');
});

addEventListener('pagehide', () => {
  if (!api) return;
  const seconds = Math.round((Date.now() - begun) / 1000), two = (number) => String(number).padStart(2, '0');
  tell('session_time', `${String(Math.floor(seconds / 3600)).padStart(4, '0')}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`);
  api.LMSFinish('');
});
