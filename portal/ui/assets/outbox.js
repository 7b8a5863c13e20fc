/* What was answered without a network waits here. The service worker alone reads and sends it: two tabs cannot send at once. */
'use strict';

const EVENTS = '/api/v1/events/', AT_ONCE = 50;
const answerOf = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
let opened, refused = false, queue = Promise.resolve();

function database() {
  const opening = indexedDB.open('safar', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('outbox', { keyPath: 'uid' });
  return answerOf(opening);
}

async function outbox(mode) {
  opened ??= database().catch((error) => { opened = undefined; throw error; });
  return (await opened).transaction('outbox', mode).objectStore('outbox');
}

async function write(act) {
  const store = await outbox('readwrite');
  act(store);
  return new Promise((resolve, reject) => {
    store.transaction.oncomplete = resolve;
    store.transaction.onabort = () => reject(store.transaction.error);
  });
}

const waiting = async (most) => answerOf((await outbox('readonly')).getAll(null, most));

const post = (url, type, body) => fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body, signal: AbortSignal.timeout(2e4) });

/* Only what has a receipt is done with; a fault of the whole request leaves all of it for later. */
async function sendEvents(rows) {
  const body = { sent_at: new Date().toISOString(), events: rows.map((row) => row.event) };
  const response = await post(EVENTS, 'application/json', JSON.stringify(body));
  if (!response.ok) throw new Error(response.status);
  const uids = (await response.json()).receipts.map((receipt) => receipt.uid);
  return rows.filter((row) => uids.includes(row.uid));
}

/* What is refused would be refused again, so it is done with, and the page says so. Whoever was signed out meanwhile has another token now. */
async function sendForm(row) {
  const response = await post(row.url, 'application/x-www-form-urlencoded', row.body);
  const isTaken = response.ok && !response.url.includes('/sign-in/');
  if (!response.ok && ![400, 403, 404, 409, 410].includes(response.status)) throw new Error(response.status);
  refused ||= !isTaken;
  return [row];
}

async function sendAll() {
  for (let rows; (rows = await waiting(AT_ONCE)).length;) {
    const events = rows.filter((row) => row.event);
    const done = events.length ? await sendEvents(events) : await sendForm(rows[0]);
    if (!done.length) throw new Error('no receipt');
    await write((store) => done.forEach((row) => store.delete(row.uid)));
    await caches.open(OWN);
  }
}

async function tell() {
  const count = (await waiting()).length, open = await clients.matchAll();
  for (const client of open) client.postMessage({ waiting: count, refused });
  if (open.length) refused = false;
}

const send = () => (queue = queue.catch(() => {}).then(sendAll).finally(tell));

async function hear({ put, clear }, answer) {
  try {
    if (put || clear) await write((store) => (put ? store.put(put) : store.clear()));
  } catch (error) {
    return answer({ full: true });
  }
  await send().catch(() => registration.sync?.register('outbox')).catch(() => {});
  answer({ sent: !(await waiting()).some((row) => row.uid === put?.uid) });
}

self.addEventListener('message', (event) => event.waitUntil(hear(event.data, (told) => event.ports[0]?.postMessage(told))));
self.addEventListener('sync', (event) => event.waitUntil(send()));
