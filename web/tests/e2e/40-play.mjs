// SPDX-License-Identifier: Apache-2.0
// What plays, with its cover, and music that nobody knew.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tune } from '../contract/tune.mjs';

/** Lets `spindle listen` hear a recording; that it knew nothing is no trouble here. */
function listen(house, recording, start) {
  try {
    house.run('--quiet', 'listen', '--input', recording, '--no-scrobble', '--start', start);
  } catch {
    // its status says that nothing was known
  }
}
const json_of = async (house, path) => (await fetch(`${house.base}${path}`, { headers: { connection: 'close' } })).json();

export const scenarios = [
  {
    name: 'music nobody knew is named, and known the next time',
    async run({ visit, page, house, screen }) {
      const seed = screen === 'phone' ? 77 : 78;
      const title = `White Label ${screen}`;
      const recording = house.file(`unknown-${screen}.wav`, tune(60, {}, seed));
      listen(house, recording, screen === 'phone' ? '2026-11-20T20:15:00Z' : '2026-11-20T22:15:00Z');
      await visit.open('#play');
      const section = page.getByRole('region', { name: 'Music nobody knew' });
      await section.getByRole('button', { name: /^Name it: the music of/ }).first().click();
      const card = page.getByRole('dialog', { name: 'What was it?' });
      await card.getByText('1 track, as the pauses tell').waitFor();
      await card.getByLabel('Artist').fill('The Haves');
      await card.getByLabel('Record').fill(title);
      await card.getByLabel('Side').selectOption('B');
      await card.getByLabel('Title of track B1').fill('Dawn');
      await visit.fit_for_all('play-name');
      // More tracks than there are pauses for is told, and nothing is named.
      for (let i = 0; i < 20; ++i) await card.getByRole('button', { name: 'One track more' }).click();
      const refused = page.waitForResponse((answer) => answer.url().endsWith('/name'));
      await card.getByRole('button', { name: 'That is what it was' }).click();
      assert.equal((await refused).status(), 400);
      await card.getByRole('alert').waitFor();
      await visit.shot('play-name-refused');
      for (let i = 0; i < 20; ++i) await card.getByRole('button', { name: 'One less' }).click();
      await card.getByRole('button', { name: 'That is what it was' }).click();
      await page.getByText('Named. Its next play is known: 1 track.').waitFor();
      await section.getByText(`The Haves - ${title}, side B`).waitFor();

      listen(house, recording, screen === 'phone' ? '2026-11-21T20:15:00Z' : '2026-11-21T22:15:00Z');
      const [play] = (await json_of(house, '/api/plays')).filter((one) => one.album === title);
      assert.equal(play?.title, 'Dawn');
      assert.equal(play.artist, 'The Haves');
      assert.equal(play.side, 'B');
      await visit.fit_for_all('play-named');
    },
    allow: ['400'],
  },
  {
    name: 'what plays is shown with its cover, and so is the collection',
    async run({ visit, page, house, screen }) {
      const music = join(house.folder, `music-${screen}`);
      const album = `Covered ${screen}`;
      mkdirSync(music);
      writeFileSync(join(music, '1.wav'), tune(20, { INAM: 'First Light', IART: 'The Covered', IPRD: album }, screen === 'phone' ? 5 : 6));
      writeFileSync(join(music, 'folder.png'), readFileSync(new URL('../../public/icons/spindle-512.png', import.meta.url)));
      house.run('--quiet', 'library', 'add', music);
      const record = (await json_of(house, '/api/library/records?limit=1000')).find((one) => one.album === album);
      // What a `spindle listen` of this machine would show: its board.
      const place = createHash('sha256').update(realpathSync(house.data)).digest('hex').slice(0, 16);
      const board = `/dev/shm/spindle-listening-${process.getuid()}-${place}`;
      const begun = Date.now();
      const write = () => writeFileSync(board, JSON.stringify({
        active: true, since: new Date(begun).toISOString().replace(/\.\d+/, '.0'), state: 'playing', level_db: -21.5, channels_db: [-21.2, -21.9],
        playing: {
          at: new Date().toISOString(), confirmed: true, track_id: record.tracks[0].track_id, title: 'First Light', artist: 'The Covered', album, side: 'A', position: 1,
          position_s: 30 + (Date.now() - begun) / 1000, duration_s: 245, confidence: 0.99, speed: 1.0031, wow: { peak_percent: 0.09, weighted_percent: 0.05, turns_per_minute: 33.333 }, next: 'Second Light', locked_groove: false,
        },
      }), { mode: 0o600 });
      write();
      const showing = setInterval(write, 1000);
      try {
        await visit.open('#play');
        await page.getByRole('heading', { name: 'First Light' }).waitFor();
        const cover = page.getByRole('region', { name: 'Now playing' }).locator('img');
        await cover.waitFor();
        await page.waitForFunction(() => document.querySelector('section.now img')?.naturalWidth === 512);
        await visit.fit_for_all('play-cover');

        const csv = `Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,CollectionFolder,Date Added,Collection Media Condition,Collection Sleeve Condition,Collection Notes\r\nX 1,The Covered,${album},Made Up,LP,,1979,${screen === 'phone' ? 9001 : 9002},Shelf,2026-03-01 10:00:00,,,\r\n`;
        const sent = await fetch(`${house.base}/api/collection.csv`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: csv });
        assert.ok(sent.ok, await sent.text());
        await visit.open('#collection');
        await page.getByRole('row', { name: new RegExp(album) }).locator('img').waitFor();
        await visit.fit_for_all('collection-cover');
      } finally {
        clearInterval(showing);
        rmSync(board, { force: true });
      }
    },
  },
  {
    name: 'a disc of a scan shows the cover of the own copy, where there is one',
    needs_shelf: true,
    async run({ visit, page, house, screen, shared }) {
      const { scan } = await json_of(house, `/api/scans/${shared.scan}`);
      const named = scan.discs.filter((one) => one.verdict === 'known' && one.candidates?.[0] && !one.correction);
      const [disc, other] = screen === 'phone' ? named : named.slice(2);
      const { artist, title } = disc.candidates[0];
      const music = join(house.folder, `owned-${screen}`);
      mkdirSync(music);
      writeFileSync(join(music, '1.wav'), tune(20, { INAM: 'One', IART: artist.toUpperCase(), IPRD: title.toLowerCase() }, screen === 'phone' ? 8 : 9));
      writeFileSync(join(music, 'cover.png'), readFileSync(new URL('../../public/icons/spindle-512.png', import.meta.url)));
      house.run('--quiet', 'library', 'add', music);

      await visit.open(`#dig/${shared.scan}`);
      const card = page.getByRole('dialog');
      await page.locator(`button[data-disc="${disc.number}"]`).click();
      await card.locator('figure', { hasText: 'your own copy' }).locator('img').waitFor();
      assert.equal(await card.locator('figure img').first().evaluate((img) => img.naturalWidth), 512);
      await visit.fit_for_all('dig-owned-cover');
      await page.keyboard.press('Escape');
      await card.waitFor({ state: 'detached' });

      const none = page.waitForResponse((answer) => answer.url().includes('/api/covers/titles?'));
      await page.locator(`button[data-disc="${other.number}"]`).click();
      assert.equal((await none).status(), 204);
      await card.waitFor();
      assert.equal(await card.getByText('your own copy').count(), 0);
      await visit.shot('dig-no-cover');
    },
  },
];
