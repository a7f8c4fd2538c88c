// SPDX-License-Identifier: Apache-2.0
// After the build: writes dist/sw.js, the offline shell, with the names of what was built.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';

const dist = new URL('../dist/', import.meta.url);
const assets = (await readdir(new URL('assets/', dist))).sort().map((name) => `/assets/${name}`);
const shell = ['/', '/manifest.webmanifest', '/icons/spindle.svg', '/icons/spindle-192.png', ...assets];

const hash = createHash('sha256').update(await readFile(new URL('index.html', dist)));
for (const name of assets) hash.update(name);
const version = hash.digest('hex').slice(0, 12);

const worker = await readFile(new URL('service_worker.js', import.meta.url), 'utf8');
await writeFile(new URL('sw.js', dist), worker.replace("'VERSION'", `'${version}'`).replace("['SHELL']", JSON.stringify(shell)));
