// SPDX-License-Identifier: Apache-2.0
// `spindle listen --server` beside a turntable, with us on the line between it and the server.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';

/** Lets an ear hear a recording. @returns what it sent: [{stream, body}]; `check` sees each answer */
export async function hear_over(house, recording, check) {
  const batches = [];
  const troubles = [];
  const line = createServer((request, answer) => {
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', async () => {
      try {
        const body = Buffer.concat(pieces);
        const { host, connection, ...headers } = request.headers;
        delete headers['content-length'];
        delete headers['transfer-encoding'];
        const got = await fetch(house.base + request.url, { method: request.method, headers: { ...headers, connection: 'close' }, body: body.length > 0 ? body : undefined });
        const text = await got.text();
        const type = (got.headers.get('content-type') ?? '').split(';')[0];
        const stream = /^\/api\/ears\/(.*)$/.exec(request.url)?.[1];
        if (stream && request.method === 'POST') {
          batches.push({ stream, body });
          check({ status: got.status, type, text });
        }
        answer.writeHead(got.status, type ? { 'content-type': type } : {});
        answer.end(text);
      } catch (error) {
        troubles.push(error);
        answer.destroy();
      }
    });
  });
  await new Promise((done) => line.listen(0, '127.0.0.1', done));
  try {
    const words = ['--quiet', '--data', join(house.folder, 'ear'), 'listen', '--input', recording, '--server', `http://127.0.0.1:${line.address().port}`];
    const ear = spawn(house.binary, words, { env: house.environment, stdio: ['ignore', 'ignore', 'pipe'] });
    let told = '';
    ear.stderr.on('data', (piece) => (told += piece));
    const [status] = await new Promise((done) => ear.on('exit', (...how) => done(how)));
    if (troubles.length > 0) throw troubles[0];
    if (status !== 0 && batches.length === 0) throw new Error(`spindle listen --server: ${status}: ${told}`);
  } finally {
    line.closeAllConnections?.();
    line.close();
  }
  return { batches };
}
