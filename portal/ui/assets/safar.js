/* Everything on a page works without this file: it keeps pages for when there is no network, sends what waits, and closes messages. */
'use strict';

const language = document.documentElement.lang.toLowerCase(), worker = navigator.serviceWorker, found = { ignoreVary: true };
const CARRIED = ['offline/', 'help/', 'calendar/', 'learn/days/', 'learn/steps/'], DAY = 864e5;

for (const toast of document.querySelectorAll('[data-toast]')) {
  const close = document.createElement('button');
  close.type = 'button';
  close.setAttribute('aria-label', toast.dataset.toast);
  close.textContent = '✕';
  close.addEventListener('click', () => toast.remove());
  toast.append(close);
}

/* Away from a page that others should not see, and no way back to it: the pages before it that are such lead to the calendar, too. */
for (const link of document.querySelectorAll('[data-leave]')) {
  link.addEventListener('click', (event) => { event.preventDefault(); location.replace(link.href); sessionStorage.left = 'yes'; });
  addEventListener('pageshow', ({ persisted }) => {
    const isBack = persisted || performance.getEntriesByType('navigation')[0]?.type === 'back_forward';
    if (!isBack) sessionStorage.removeItem('left');
    else if (sessionStorage.left) location.replace(link.href);
  });
}

/* The pill: what this page is, and what waits to be sent. */
const pill = document.querySelector('[data-pill]'), told = {};
function tell(part, words) {
  told[part] = words;
  if (!pill) return;
  pill.textContent = Object.values(told).filter(Boolean).join(' · ');
  pill.hidden = !pill.textContent;
}

/* Numbers, because few browsers know the months in all our languages. */
const dayOf = (date) => (Date.parse(date) ? new Date(date).toISOString().slice(0, 10).split('-').reverse().join('.') : '');

/* Asks the service worker, which may have to wait for the network: after four seconds nobody else does. */
function ask(message) {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => resolve(event.data);
    worker.controller.postMessage(message, [channel.port2]);
    setTimeout(() => resolve({}), 4000);
  });
}

/* A page that is the same for all, onto the phone. False: it is there and new enough. Throws a Response that is no such page. */
async function carry(path, name, since) {
  const old = await (name ? await caches.open(name) : caches).match(path, found);
  if (old && Date.parse(old.headers.get('Date')) > since) return false;
  const response = await fetch(path, { credentials: 'omit' });
  if (!response.ok || response.redirected || /private|no-store/.test(response.headers.get('Cache-Control'))) throw response;
  const page = /html/.test(response.headers.get('Content-Type')) ? await response.clone().text() : '';
  await (await caches.open(name || 'safar-pages')).put(path, response);
  for (const [, script] of page.matchAll(/<script src="([^"]+)"/g)) await fetch(script);
  return true;
}

if (worker) {
  const kept = document.documentElement.dataset.kept;
  if (kept && pill) tell('kept', pill.dataset.kept.replace('{day}', dayOf(kept)));
  worker.register('/sw.js').catch(() => {});
  worker.addEventListener('message', ({ data }) => {
    tell('waiting', data.waiting ? pill?.dataset.waiting.replace('{count}', data.waiting) : '');
    if (data.refused) tell('refused', pill?.dataset.refused);
  });
  const send = () => worker.ready.then((registration) => registration.active.postMessage({}));
  send();
  addEventListener('online', () => { tell('lost', ''); send(); });
  worker.ready.then(async () => {
    for (const path of CARRIED) await carry(`/${language}/${path}`, '', Date.now() - DAY).catch(() => {});
  });
}

/* A form that can wait does; of any other the browser would show an error page instead of what was typed. */
document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (navigator.onLine || form.method !== 'post' || event.defaultPrevented) return;
  event.preventDefault();
  if (!form.matches('[data-outbox]') || !worker?.controller) return tell('lost', pill?.dataset.lost);
  const data = new FormData(form, event.submitter), uid = crypto.randomUUID();
  data.set('uid', uid);
  const answer = await ask({ put: { uid, url: form.action, body: String(new URLSearchParams(data)) } });
  if (answer.full) return tell('lost', pill?.dataset.full);
  form.hidden = true;
});
