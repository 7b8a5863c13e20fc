{% comment %}
Static files: from the phone first, their names carry a hash. Pages: from the network, which has three seconds; then from
the phone, with the day they are of; then the offline page. Only pages that are the same for everybody are kept: a phone can be in
another's hand. Whoever has sent a form, or was last shown a page of their own, is shown what is kept only where the network fails:
it would be of before. The name of an empty cache remembers it.
A calculator is the same page whatever numbers its address holds: it counts them itself.
A page of a saved course stays, and reading it again brings it up to date. What waits to be sent: outbox.js.
{% endcomment %}{% autoescape off %}importScripts({{ outbox }});
const PAGE = /^\/({{ languages }})\//, HASHED = /\.[0-9a-f]{12}\.\w+$/;
const FILES = 'safar-files', PAGES = 'safar-pages', SAVED = 'safar-saved', OWN = 'safar-own';
const found = { ignoreVary: true }, kept = (request) => caches.match(request, found);

async function put(name, request, response, most) {
  const cache = await caches.open(name);
  await cache.put(request, response);
  for (const key of (await cache.keys()).slice(0, -most)) await cache.delete(key, found);
}

async function keep(request, response) {
  const rule = response.headers.get('Cache-Control') || '';
  if (/private/.test(rule)) return caches.open(OWN);
  if (!response.ok || response.redirected || /no-store/.test(rule)) return;
  await caches.delete(OWN);
  const isSaved = await (await caches.open(SAVED)).match(request, found);
  if (!isSaved && response.headers.has('Safar-Keep')) return;
  await put(isSaved ? SAVED : PAGES, request, response, isSaved ? 999 : 80);
}

async function file(request) {
  const old = await kept(request);
  if (old && HASHED.test(request.url)) return old;
  try {
    const response = await fetch(request);
    if (response.ok) await put(FILES, request, response.clone(), 40);
    return response;
  } catch (error) {
    return old || Response.error();
  }
}

async function dated(page) {
  return page && new Response((await page.text()).replace('<html', `<html data-kept="${page.headers.get('Date')}"`), page);
}

async function page(event, language) {
  const request = event.request, network = fetch(request);
  event.waitUntil(network.then((response) => keep(request, response.clone())).catch(() => {}));
  const late = new Promise((resolve) => setTimeout(resolve, 3000));
  try {
    return (await Promise.race([network, late])) || (!(await caches.has(OWN)) && (await dated(await kept(request)))) || (await network);
  } catch (error) {
    const any = (await (await caches.open(PAGES)).keys()).find((key) => key.url.endsWith('/offline/'));
    const store = request.url.includes('/money/tools/') ? caches : await caches.open(SAVED);
    const old = (await kept(request)) || (await store.match(request, { ...found, ignoreSearch: true }));
    return (await dated(old)) || (await kept(`/${language}/offline/`)) || (any && kept(any)) || Response.error();
  }
}

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll({{ shell }})));
});
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const request = event.request, url = new URL(request.url), language = PAGE.exec(url.pathname);
  if (url.origin !== origin) return;
  if (request.method !== 'GET') return event.waitUntil(caches.open(OWN));
  if (url.pathname.startsWith({{ static_url }})) return event.respondWith(file(request));
  if (request.mode === 'navigate' && language) event.respondWith(page(event, language[1]));
});
{% endautoescape %}
