/* Answering, saving a course and looking after what is saved, without a network. Where no service worker is, plain forms do it. */
'use strict';

const SAVED = 'safar-saved';
const fill = (words, values) => words.replace(/{(\w+)}/g, (_, name) => values[name]);

/* An answer as the server takes it, or null where it is none of this kind. */
function answerOf(form) {
  const boxes = [...form.querySelectorAll('[name^=choice]')];
  if (form.dataset.kind === 'order') {
    const lines = boxes.sort((one, other) => one.value - other.value);
    return lines.every((box, place) => Number(box.value) === place + 1) ? lines.map((box) => box.name.slice(7)) : null;
  }
  if (form.dataset.kind === 'number') return /^\s*-?\d+([.,]\d{1,2})?\s*$/.test(boxes[0].value) ? [boxes[0].value.trim()] : null;
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  return chosen.length ? chosen : null;
}

function isRight({ kind, right, within }, answer) {
  if (kind === 'number') return !right || Math.abs(answer[0].replace(',', '.') - right) <= within;
  const [given, wanted] = kind === 'order' ? [answer, right.split(' ')] : [[...answer].sort(), right.split(' ').sort()];
  return String(given) === String(wanted);
}

function choiceIsRight({ kind, right }, uid, place) {
  const uids = right.split(' ');
  return kind === 'order' ? uids[place] === uid : uids.includes(uid);
}

/* As the page says that the server sends after an answer; `attempt` counts on. */
function showTold(form, answer) {
  const sheet = form.querySelector('[data-told]').content.cloneNode(true), right = isRight(form.dataset, answer) ? 'right' : 'wrong';
  const marks = [...sheet.querySelectorAll('[data-mark]')], added = [];
  for (const part of sheet.querySelectorAll('[data-of], [data-if]')) {
    if (part.dataset.of ? !answer.includes(part.dataset.of) : part.dataset.if !== right) part.remove();
  }
  for (const mark of marks) mark.remove();
  const button = form.querySelector('button:not([data-again])');
  button.hidden = true;
  for (const label of form.querySelectorAll('.choice')) {
    const box = label.querySelector('input, select'), uid = box.localName === 'select' ? box.name.slice(7) : box.value;
    if (!answer.includes(uid)) continue;
    const state = choiceIsRight(form.dataset, uid, answer.indexOf(uid)) ? 'right' : 'wrong';
    const mark = marks.find((each) => each.dataset.mark === state).cloneNode(true);
    label.classList.add(state);
    label.append(mark);
    added.push(mark);
  }
  sheet.querySelector('.feedback').classList.add(right);
  added.push(...sheet.children);
  form.querySelector('fieldset').disabled = true;
  form.append(sheet);
  form.querySelector('[data-again]')?.addEventListener('click', () => {
    for (const part of added) part.remove();
    for (const label of form.querySelectorAll('.choice')) label.classList.remove('right', 'wrong');
    form.querySelector('fieldset').disabled = button.hidden = false;
    form.elements.attempt.value++;
  });
  form.querySelector('.feedback').scrollIntoView({ block: 'nearest' });
}

async function giveAnswer(event) {
  const form = event.currentTarget;
  if (!worker?.controller || event.submitter?.matches('[data-again]')) return;
  event.preventDefault();
  for (const problem of form.querySelectorAll('.problems')) problem.remove();
  const given = answerOf(form), { question, edition, lesson } = form.dataset, uid = crypto.randomUUID();
  if (!given) return navigator.onLine ? form.submit() : form.querySelector('fieldset').before(form.querySelector('[data-problem]').content.cloneNode(true));
  const attempt = Number(form.elements.attempt.value), happened_at = new Date().toISOString();
  const row = { uid, event: { uid, edition, lesson, question, given, attempt, happened_at } };
  form.querySelector('button').disabled = true;
  const { sent, full } = await ask({ put: row });
  form.querySelector('button').disabled = false;
  if (full) return navigator.onLine ? form.submit() : tell('lost', pill.dataset.full);
  if (sent) location.replace(form.action);
  else showTold(form, given);
}

for (const form of document.querySelectorAll('form[data-question]')) form.addEventListener('submit', giveAnswer);

/* Saving a course: part by part, each page for itself. What is there stays, whatever happens to the next. */
async function savePart(part, since) {
  for (const path of part.dataset.paths.split(' ')) {
    if (await carry(path, SAVED, since)) await (await caches.open('safar-pages')).delete(path, found);
  }
}

async function isSaved(part) {
  const pack = await caches.open(SAVED);
  for (const path of part.dataset.paths.split(' ')) if (!(await pack.match(path, found))) return false;
  return true;
}

const pack = document.querySelector('[data-pack]');
if (pack && 'caches' in window) {
  const button = pack.querySelector('button'), progress = pack.querySelector('[data-progress]');
  const parts = [...pack.querySelectorAll('[data-paths]')], say = (words, values) => { progress.textContent = fill(progress.dataset[words], values); };
  const isWanted = (part) => part.querySelector('input')?.checked ?? true;
  const look = async () => {
    let done = 0;
    for (const part of parts) {
      const saved = await isSaved(part);
      part.lastElementChild.hidden = !saved;
      done += saved;
    }
    return done;
  };
  const save = async () => {
    const wanted = parts.filter(isWanted), since = Math.max(Date.now() - DAY, Date.parse(pack.dataset.since));
    let gone = '';
    button.disabled = true;
    for (const [place, part] of wanted.entries()) {
      say('saving', { place: place + 1, total: wanted.length });
      try {
        await savePart(part, since);
        part.lastElementChild.hidden = false;
      } catch (error) {
        if (error instanceof Response && error.status < 500) gone ||= part.dataset.title;
        else {
          say(error.name === 'QuotaExceededError' ? 'full' : 'lost');
          return (button.disabled = false);
        }
      }
    }
    say(gone ? 'gone' : 'done', { title: gone });
    button.disabled = false;
  };
  const begin = async () => {
    pack.querySelector('[data-cannot]').hidden = true;
    button.hidden = false;
    const saved = await look();
    if (saved) say('begun', { place: saved, total: parts.length });
  };
  begin();
  button.addEventListener('click', save);
}

/* What is on this phone: courses that were saved, and pages that were opened. */
async function item(cache, key, words) {
  const response = await cache.match(key, found);
  const kept = new DOMParser().parseFromString(await response.text(), 'text/html');
  const line = document.createElement('li'), link = document.createElement('a'), more = document.createElement('span');
  link.href = key.url;
  link.lang = kept.documentElement.lang;
  link.textContent = kept.title.replace(/ · Safar$/, '');
  more.className = 'muted';
  more.textContent = fill(words, { day: dayOf(response.headers.get('Date')) });
  line.append(link, more);
  return line;
}

const keptList = document.querySelector('[data-kept-pages]');
async function listKept() {
  const saved = await caches.open(SAVED), pages = await caches.open('safar-pages'), courses = document.querySelector('[data-saved-courses]');
  const paths = (await saved.keys()).map((key) => new URL(key.url).pathname), lines = [];
  for (const key of await saved.keys()) {
    const { pathname } = new URL(key.url), inside = paths.filter((path) => path.startsWith(pathname) && path !== pathname);
    if (!/^\/[\w-]+\/learn\/[^/]+\/$/.test(pathname) || !inside.length) continue;
    const lessons = inside.filter((path) => /^[^/]+\/$/.test(path.slice(pathname.length))).length;
    lines.push(await item(saved, key, courses.dataset.words.replace('{lessons}', lessons)));
  }
  courses.replaceChildren(...lines);
  courses.hidden = !lines.length;
  keptList.replaceChildren();
  for (const key of await pages.keys()) {
    const { pathname } = new URL(key.url);
    if (pathname.startsWith(`/${language}/`) && !CARRIED.some((path) => pathname.endsWith('/' + path))) keptList.append(await item(pages, key, ''));
  }
  for (const key of await saved.keys()) if (/\/money\/tools\/$/.test(key.url)) keptList.append(await item(saved, key, ''));
  keptList.hidden = !keptList.children.length;
}

async function removeAll(event) {
  const pages = await caches.open('safar-pages');
  await caches.delete(SAVED);
  for (const key of await pages.keys()) if (!CARRIED.some((path) => key.url.endsWith('/' + path))) await pages.delete(key, found);
  if (worker?.controller) await ask({ clear: true });
  for (const key of Object.keys(localStorage)) if (key.startsWith('safar-')) localStorage.removeItem(key);
  event.target.closest('details').open = false;
  tell('lost', event.target.dataset.done);
  await listKept();
}

if (keptList && 'caches' in window) {
  const remove = document.querySelector('[data-remove]');
  listKept();
  remove.addEventListener('click', removeAll);
  remove.closest('details').hidden = false;
  worker?.addEventListener('message', ({ data }) => {
    const words = document.querySelector('[data-unsent]');
    words.hidden = !data.waiting;
    words.textContent = fill(words.dataset.unsent, { count: data.waiting });
  });
}
