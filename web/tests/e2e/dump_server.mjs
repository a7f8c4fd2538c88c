// SPDX-License-Identifier: Apache-2.0
// In place of data.discogs.com: one month, of this year, with its checksum. `pace` bytes a second, if said.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

/** A few releases as a dump has them. */
export function small_dump(count = 50) {
  const releases = Array.from({ length: count }, (_, i) => `<release id="${i + 1}" status="Accepted"><artists><artist><id>7</id><name>Ann</name></artist></artists><title>Side ${i + 1}</title><formats><format name="CD" qty="1" text=""/></formats><country>UK</country><released>1990</released></release>`);
  return gzipSync(`<releases>\n${releases.join('\n')}\n</releases>\n`);
}

export class DumpServer {
  static async start(content = small_dump()) {
    const one = new DumpServer();
    one.content = content;
    one.pace = 0;
    const year = String(new Date().getFullYear());
    one.month = `${year}-01`;
    one.name = `discogs_${year}0101_releases.xml.gz`;
    const sums = `discogs_${year}0101_CHECKSUM.txt`;
    const link = (name) => `<a href="?download=data%2F${year}%2F${name}">${name}</a>\n`;
    one.server = createServer((request, response) => {
      const asked = decodeURIComponent(request.url);
      if (asked.startsWith(`/?prefix=data/${year}/`)) return void response.end(link(one.name) + link(sums));
      if (asked.endsWith(sums)) return void response.end(`${createHash('sha256').update(one.content).digest('hex')} *${one.name}\n`);
      if (!asked.endsWith(one.name)) return void response.writeHead(404).end();
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const rest = one.content.subarray(from);
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length, etag: '"1"', ...(from > 0 ? { 'content-range': `bytes ${from}-${one.content.length - 1}/${one.content.length}` } : {}) });
      if (one.pace === 0) return void response.end(rest);
      let at = 0;
      const timer = setInterval(() => {
        const piece = rest.subarray(at, (at += Math.ceil(one.pace / 20)));
        if (piece.length === 0 || response.destroyed) {
          clearInterval(timer);
          response.end();
        } else {
          response.write(piece);
        }
      }, 50);
    });
    await new Promise((done) => one.server.listen(0, '127.0.0.1', done));
    one.server.unref();
    one.base = `http://127.0.0.1:${one.server.address().port}/`;
    return one;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
