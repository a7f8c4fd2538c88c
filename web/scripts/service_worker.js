// SPDX-License-Identifier: Apache-2.0
// The offline shell: the page's own files, nothing else. What /api answers is never kept here; lists that
// were seen last are kept by the page itself (src/lib/remembered.ts) and say how old they are.
const kCache = 'spindle-' + 'VERSION';
const kShell = ['SHELL'];

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(kCache).then((cache) => cache.addAll(kShell)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('spindle-') && name !== kCache) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || url.pathname.startsWith('/api') || url.pathname === '/metrics') return;
  if (request.mode === 'navigate') {
    // The newest page where there is a line, the kept one where there is none.
    event.respondWith(fetch(request).catch(async () => (await caches.match('/')) ?? Response.error()));
    return;
  }
  event.respondWith((async () => (await caches.match(request)) ?? fetch(request))());
});
