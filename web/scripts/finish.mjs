// SPDX-License-Identifier: Apache-2.0
// After the build: writes dist/sw.js, the offline shell, with the names of what was built, and each text
// file compressed beside itself, so that the server does not have to.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
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
