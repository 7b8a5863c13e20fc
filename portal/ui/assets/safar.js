/* Everything on a page works without this file: it keeps pages for when there is no network, and closes messages. */
'use strict';

const language = document.documentElement.lang;

if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register('/sw.js');
  navigator.serviceWorker.ready.then((registration) => registration.active.postMessage(language));
}

for (const toast of document.querySelectorAll('[data-toast]')) {
  const close = document.createElement('button');
  close.type = 'button';
  close.setAttribute('aria-label', toast.dataset.toast);
  close.textContent = '✕';
  close.addEventListener('click', () => toast.remove());
  toast.append(close);
}

async function listKept(list) {
  const cache = await caches.open('safar-pages');
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    if (!path.startsWith(`/${language}/`) || /\/(help|offline)\/$/.test(path)) continue;
    const response = await cache.match(request, { ignoreVary: true });
    const kept = new DOMParser().parseFromString(await response.text(), 'text/html');
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = request.url;
    link.textContent = kept.title.replace(/ · Safar$/, '');
    item.append(link);
    list.append(item);
  }
  list.hidden = !list.children.length;
}

const list = document.querySelector('[data-kept]');
if (list && 'caches' in window) listKept(list);
