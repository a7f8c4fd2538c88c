// SPDX-License-Identifier: Apache-2.0
// The real program on a data folder of its own, and what is put before it: a made-up shelf, a recording.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DumpServer, small_dump } from './dump_server.mjs';

export class House {
  constructor(binary) {
    this.binary = resolve(binary);
    this.folder = mkdtempSync(join(tmpdir(), 'spindle-page-'));
    this.data = join(this.folder, 'data');
    this.port = 0;
    mkdirSync(this.data);
    this.environment = { ...process.env, SPINDLE_DATA: this.data, XDG_CONFIG_HOME: join(this.folder, 'config'), XDG_CACHE_HOME: join(this.folder, 'cache') };
  }

  /** A program of the same build (build/PRESET/FOLDER/NAME), or null. */
  sibling(folder, name) {
    const path = join(dirname(this.binary), '../..', folder, name);
    return existsSync(path) ? path : null;
  }

  run(...words) {
    const ended = spawnSync(this.binary, words, { env: this.environment, encoding: 'utf8' });
    if (ended.status !== 0) throw new Error(`spindle ${words.join(' ')}: ${ended.stderr}`);
    return ended.stdout;
  }

  /** No test asks Discogs: a server of our own stands in for theirs. */
  async have_dumps() {
    const file = join(this.folder, 'releases.xml.gz'); // of the made-up shelf, so that an import changes nothing for it
    this.dumps = await DumpServer.start(existsSync(file) ? readFileSync(file) : small_dump());
    const settings = join(this.folder, 'config', 'spindle');
    mkdirSync(settings, { recursive: true, mode: 0o700 });
    writeFileSync(join(settings, 'spindle.toml'), `[catalog]\nserver = "${this.dumps.base}"\n`);
  }

  async serve(...more) {
    if (!this.dumps) await this.have_dumps();
    const server = spawn(this.binary, ['serve', '--json', '--port', String(this.port), ...more], { env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.server = server;
    server.on('exit', (code, signal) => {
      if (this.stopping !== server) console.log(`      spindle serve ended by itself: ${code ?? signal} ${words}`);
    });
    let words = '';
    server.stderr.on('data', (piece) => (words += piece));
    const line = await new Promise((done, failed) => {
      let text = '';
      server.stdout.on('data', (piece) => {
        text += piece;
        if (text.includes('\n')) done(text);
      });
      server.on('exit', () => failed(new Error(`spindle serve ended: ${words}`)));
    });
    this.base = JSON.parse(line).address.replace(/\/$/, '');
    this.port = Number(new URL(this.base).port); // the same again after a restart
    return this.base;
  }

  async stop(signal = 'SIGTERM') {
    if (!this.server || this.server.exitCode !== null || this.server.signalCode !== null) return;
    this.stopping = this.server;
    const ended = new Promise((done) => this.server.once('exit', done));
    this.server.kill(signal);
    await ended;
  }

  async close() {
    await this.stop();
    this.dumps?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A photo of a made-up shelf and a catalog that knows it; null without the programs that make them. */
  shelf() {
    const make_dump = this.sibling('bench', 'spindle-make-dump');
    const make_shelf = this.sibling('training', 'spindle-make-shelf');
    const fonts = '/usr/share/fonts/truetype/dejavu';
    if (!make_dump || !make_shelf || !existsSync(fonts)) return null;
    const must = (program, words) => {
      const ended = spawnSync(program, words, { encoding: 'utf8' });
      if (ended.status !== 0) throw new Error(`${program}: ${ended.stderr}`);
    };
    const releases = '3000';
    const dump = join(this.folder, 'releases.xml.gz');
    must(make_dump, ['--releases', releases, '--seed', '11', '--out', dump]);
    this.run('--quiet', 'catalog', 'import', dump);
    must(make_shelf, ['--out', join(this.folder, 'shelf'), '--count', '1', '--first', '1', '--seed', '5', '--size', '1280x960', '--catalog', '11', '--catalog-size', releases, '--fonts', fonts]);
    return join(this.folder, 'shelf', '00001.jpg');
  }

  /** A side of a record: a silent groove, music with clicks, a silent groove. */
  recording(name, seconds, clicks) {
    const rate = 44100;
    const count = Math.round(seconds * rate);
    const bytes = Buffer.alloc(44 + 4 * count);
    bytes.write('RIFF', 0);
    bytes.writeUInt32LE(36 + 4 * count, 4);
    bytes.write('WAVEfmt ', 8);
    bytes.writeUInt32LE(16, 16);
    bytes.writeUInt16LE(1, 20);
    bytes.writeUInt16LE(2, 22);
    bytes.writeUInt32LE(rate, 24);
    bytes.writeUInt32LE(4 * rate, 28);
    bytes.writeUInt16LE(4, 32);
    bytes.writeUInt16LE(16, 34);
    bytes.write('data', 36);
    bytes.writeUInt32LE(4 * count, 40);
    let seed = 9;
    const random = () => ((seed = (seed * 16807) % 2147483647) / 2147483647) * 2 - 1;
    const quiet = 6 * rate;
    const every = Math.floor((count - 2 * quiet) / (clicks + 1));
    for (let i = 0; i < count; ++i) {
      const t = i / rate;
      let left = 0.0012 * random();
      let right = 0.0012 * random();
      if (i > quiet && i < count - quiet) {
        const note = 220 * 2 ** (Math.floor(t * 2) % 12 / 12);
        const fade = 0.5 + 0.5 * Math.sin(2 * Math.PI * t * 2);
        const sound = 0.18 * fade * (Math.sin(2 * Math.PI * note * t) + 0.5 * Math.sin(4 * Math.PI * note * t) + 0.2 * random());
        left += sound;
        right += 0.8 * sound;
        const since = (i - quiet) % every;
        if (since < 40) left += 0.7 * Math.sin(since / 2) * Math.exp(-since / 8);
      }
      bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, left)) * 32767), 44 + 4 * i);
      bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, right)) * 32767), 46 + 4 * i);
    }
    return this.file(name, bytes);
  }

  file(name, content) {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }
}
