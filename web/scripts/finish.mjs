// SPDX-License-Identifier: Apache-2.0
// After the build: puts what is seen first, and its style, into dist/index.html, so that one answer of the server shows
// it; writes dist/sw.js, the offline shell, with the names of what was built, and each text
// file compressed beside itself, so that the server does not have to.
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);

// A browser as far as the first view asks for one while it is drawn: nothing is kept, nobody answers.
globalThis.localStorage = { getItem: () => null, setItem: () => {}, removeItem: () => {} };
globalThis.requestIdleCallback = () => 0;
globalThis.fetch = () => new Promise(() => {});
const { first_view } = await import('../node_modules/.spindle-prerender/prerender.js');

/** Replaces what must stand there once. */
function put(text, pattern, content) {
  if (text.split(pattern).length !== 2) throw new Error(`index.html: ${pattern} does not stand there once`);
  return text.replace(pattern, () => content);
}
const page = new URL('index.html', dist);
let html = await readFile(page, 'utf8');
const sheet = /<link rel="stylesheet"[^>]*href="\/(assets\/[^"]+\.css)">/;
const style = new URL(sheet.exec(html)[1], dist);
html = put(html, sheet.exec(html)[0], `<style>${(await readFile(style, 'utf8')).trim()}</style>`);
html = put(html, '<div id="page"></div>', `<div id="page">${first_view()}</div>`);
if (/ style="| on\w+="/.test(html)) throw new Error('index.html: the content policy lets no style or handler in the markup work');
await writeFile(page, html);
await rm(style);

const assets = (await readdir(new URL('assets/', dist))).sort().map((name) => `/assets/${name}`);
const shell = ['/', '/manifest.webmanifest', '/icons/spindle.svg', '/icons/spindle-192.png', ...assets];

const hash = createHash('sha256').update(await readFile(new URL('index.html', dist)));
for (const name of assets) hash.update(name);
const version = hash.digest('hex').slice(0, 12);

const worker = await readFile(new URL('service_worker.js', import.meta.url), 'utf8');
await writeFile(new URL('sw.js', dist), worker.replace("'VERSION'", `'${version}'`).replace("['SHELL']", JSON.stringify(shell)));

for (const entry of await readdir(dist, { recursive: true })) {
  if (!/\.(html|js|css|svg|webmanifest)$/.test(entry)) continue;
  const file = new URL(entry, dist);
  const text = await readFile(file);
  await writeFile(`${file.pathname}.gz`, gzipSync(text, { level: 9 }));
  await writeFile(`${file.pathname}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
