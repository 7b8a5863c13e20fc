{% comment %}
Static files: from the phone first, their names carry a hash. Pages: from the network, which has three seconds; then from
the phone; then the offline page. Only pages that are the same for everybody are kept: a phone can be in another's hand.
Whoever has sent a form, or was last shown a page of their own, is shown what is kept only where the network fails: it would
be of before. The name of an empty cache remembers it; pages that are carried along, by path, do not change it.
{% endcomment %}{% autoescape off %}const SHELL = {{ shell }}, STATIC = {{ static_url }}, PAGE = /^\/({{ languages }})\//;
const HASHED = /\.[0-9a-f]{12}\.\w+$/, DAY = 864e5;
const files = () => caches.open('safar-files'), pages = () => caches.open('safar-pages');
const found = { ignoreVary: true }, OWN = 'safar-own';

async function trim(cache, most) {
  for (const key of (await cache.keys()).slice(0, -most)) await cache.delete(key, found);
}

async function keep(request, response) {
  const rule = response.headers.get('Cache-Control') || '';
  if (/private/.test(rule)) return caches.open(OWN);
  if (!response.ok || response.redirected || /no-store/.test(rule)) return;
  if (request.mode) await caches.delete(OWN);
  const cache = await pages();
  await cache.put(request, response);
  await trim(cache, 80);
}

async function carry(path) {
  const cache = await pages(), old = await cache.match(path, found);
  if (old && Date.now() - Date.parse(old.headers.get('Date')) < DAY) return;
  await keep(path, await fetch(path, { credentials: 'omit' }));
}

async function file(request) {
  const cache = await files(), kept = await cache.match(request, found);
  if (kept && HASHED.test(request.url)) return kept;
  try {
    const response = await fetch(request);
    if (response.ok) {
      await cache.put(request, response.clone());
      await trim(cache, 40);
    }
    return response;
  } catch (error) {
    return kept || Response.error();
  }
}

async function page(event, language) {
  const request = event.request, network = fetch(request);
  event.waitUntil(network.then((response) => keep(request, response.clone())).catch(() => {}));
  const kept = async (path) => (await pages()).match(path, found);
  const offline = async () => kept((await (await pages()).keys()).find((key) => key.url.endsWith('/offline/')) || request);
  const late = new Promise((resolve) => setTimeout(resolve, 3000));
  try {
    return (await Promise.race([network, late])) || (!(await caches.has(OWN)) && (await kept(request))) || (await network);
  } catch (error) {
    return (await kept(request)) || (await kept(`/${language}/offline/`)) || (await offline()) || Response.error();
  }
}

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(files().then((cache) => cache.addAll(SHELL)));
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => {
  const path = `/${event.data}/`;
  if (PAGE.test(path)) event.waitUntil(Promise.all([carry(path + 'help/'), carry(path + 'offline/')]).catch(() => {}));
});
self.addEventListener('fetch', (event) => {
  const request = event.request, url = new URL(request.url);
  if (url.origin !== origin) return;
  if (request.method !== 'GET') return event.waitUntil(caches.open(OWN));
  if (url.pathname.startsWith(STATIC)) return event.respondWith(file(request));
  const language = PAGE.exec(url.pathname);
  if (request.mode === 'navigate' && language) event.respondWith(page(event, language[1]));
});
{% endautoescape %}
