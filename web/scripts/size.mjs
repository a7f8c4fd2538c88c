// SPDX-License-Identifier: Apache-2.0
// What a first visit loads, compressed, must stay under 150 kB: a phone in a shop has one bar.
import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const kMost = 150_000;
const dist = new URL('../dist/', import.meta.url);
const packed = async (path) => gzipSync(await readFile(new URL(path, dist)), { level: 9 }).length;

const html = await readFile(new URL('index.html', dist), 'utf8');
const first = ['index.html', 'manifest.webmanifest', 'icons/spindle.svg', ...[...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1])];
let sum = 0;
for (const path of first) sum += await packed(path);

let rest = 0;
for (const name of await readdir(new URL('assets/', dist))) {
  if (/\.(gz|br)$/.test(name)) continue;
  if (!first.includes(`assets/${name}`)) rest += await packed(`assets/${name}`);
}
console.log(`first load ${(sum / 1000).toFixed(1)} kB, later ${(rest / 1000).toFixed(1)} kB, compressed (gzip)`);
if (sum > kMost) {
  console.error(`the first load is larger than ${kMost / 1000} kB: load later what is not seen at once`);
  process.exit(1);
}
