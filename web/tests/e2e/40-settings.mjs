// SPDX-License-Identifier: Apache-2.0
// Settings: the catalog gets newer, folders are added, photos are removed.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const kLong = { timeout: 60_000 };

async function over(house, path, id) {
  for (let i = 0; i < 600; ++i) {
    const job = await (await fetch(`${house.base}${path}/${id}`)).json();
    if (!['queued', 'running'].includes(job.state)) return job;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${path}/${id} does not end`);
}

/** Both themes, all of the page. */
async function seen_whole(visit, page, name) {
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await visit.shot(`${name}-${theme}`, true);
  }
}

export const scenarios = [
  {
    name: 'a month of Discogs is downloaded, stopped, gone on with and imported, and nothing waits for it',
    async run({ visit, page, house }) {
      rmSync(join(house.data, 'dumps'), { recursive: true, force: true });
      house.dumps.pace = Math.ceil(house.dumps.content.length / 20); // twenty seconds
      try {
        await visit.open('#settings');
        await page.getByRole('button', { name: /^(A newer month|Get Discogs)/ }).click();
        await page.getByText('newest month').waitFor();
        await visit.fit_for_all('settings-month');
        await page.getByRole('button', { name: 'Download and import' }).click();
        await page.getByRole('progressbar', { name: /^Downloading/ }).waitFor();
        await page.getByText(/^Downloading, .* of /).waitFor();
        await visit.fit_for_all('settings-downloading');

        // Meanwhile somebody grades: it begins at once and is done first.
        const recording = readFileSync(house.recording('meanwhile.wav', 14, 1));
        const posted = await fetch(`${house.base}/api/gradings`, { method: 'POST', headers: { 'content-type': 'audio/wav' }, body: recording });
        const grading = await over(house, '/api/gradings', (await posted.json()).id);
        assert.equal(grading.state, 'done', grading.error?.message);
        await page.getByRole('progressbar').waitFor(); // the download still goes on

        await page.reload(); // who comes back sees it
        await page.getByRole('progressbar', { name: /^Downloading/ }).waitFor();
        await page.getByRole('button', { name: 'Stop', exact: true }).click();
        await page.getByText(/^Stopped; the catalog is as it was/).waitFor(kLong);
        house.dumps.pace = 0;
        await page.getByRole('button', { name: /^Go on with January/ }).click();
        await page.getByText(/goes on where it was/).waitFor();
        await page.getByLabel('Delete the file once it is imported').check();
        await page.getByRole('button', { name: 'Download and import' }).click();
        await page.getByText(/^January \d+ is in: /).waitFor(kLong);
        await page.getByText(/Discogs as of January/).waitFor();
        const served = await (await fetch(`${house.base}/api/catalog`)).json();
        assert.equal(served.month, house.dumps.month, 'the server serves the new one');
      } finally {
        house.dumps.pace = 0;
      }
    },
  },
  {
    name: 'a download survives a restart of the server',
    screens: ['desktop'],
    async run({ visit, page, house }) {
      rmSync(join(house.data, 'dumps'), { recursive: true, force: true });
      house.dumps.pace = Math.ceil(house.dumps.content.length / 20);
      try {
        const begun = await fetch(`${house.base}/api/catalog/imports`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ from: 'server' }) });
        const { id } = await begun.json();
        await visit.open('#settings');
        await page.getByText(/^Downloading, .* of /).waitFor();
        await house.stop('SIGKILL');
        house.dumps.pace = 0;
        await house.serve();
        await page.getByText(/^January \d+ is in: /).waitFor(kLong);
        assert.equal((await over(house, '/api/catalog/imports', id)).state, 'done');
      } finally {
        house.dumps.pace = 0;
      }
    },
    allow: ['Failed to load resource', 'net::'],
  },
  {
    name: 'a list of one’s own goes into the catalog, and one that is none is refused',
    allow: ['415'],
    async run({ visit, page, house, screen }) {
      await visit.open('#settings');
      const list = page.locator('section', { has: page.getByRole('heading', { name: 'Catalog' }) }).locator('input[type=file]');
      await list.setInputFiles(house.file('diary.csv', 'Dear diary'));
      await page.getByText('The list was not taken').waitFor();
      await list.setInputFiles(house.file('kitchen.csv', `artist,title,format\nAnn,Kitchen Tapes ${screen},LP\n`));
      await page.getByText(/^kitchen\.csv is in: 1 new release/).waitFor(kLong);
    },
  },
  {
    name: 'a folder is added to the library, looked at again, and what is wrong is said',
    allow: ['400', '404'],
    async run({ visit, page, house, screen }) {
      const music = join(house.folder, `music ${screen}`);
      mkdirSync(music);
      renameSync(house.recording('one.wav', screen === 'phone' ? 15 : 16, 0), join(music, 'one.wav'));
      writeFileSync(join(music, 'broken.flac'), 'no music');
      await visit.open('#settings');
      const told = page.locator('main').getByText(/^Looked through: /); // and read out
      const path = page.getByLabel(/^Add a folder/);
      await path.fill('/nowhere/at/all');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByRole('alert').getByText(/is it spelled right/).waitFor();
      await path.fill(music);
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await told.waitFor(kLong);
      assert.match(await told.innerText(), /: 1 new, 1 could not be read\.$/);
      await page.getByText('1 file could not be read').click();
      await page.getByText(/broken\.flac/).waitFor();
      await page.getByText(music, { exact: true }).waitFor();
      await visit.fit_for_all('settings-library');
      await seen_whole(visit, page, 'settings-whole');
      rmSync(join(music, 'one.wav'));
      await page.getByRole('button', { name: 'Look again' }).click();
      await page.locator('main').getByText(/^Looked through: .*missing/).waitFor(kLong);
      await page.locator('summary').getByText(/not there any more/).waitFor();
    },
  },
  {
    name: 'a folder of the library is forgotten when one is sure, and its files stay',
    async run({ visit, page, house, screen }) {
      const music = join(house.folder, `old music ${screen}`);
      mkdirSync(music);
      renameSync(house.recording('two.wav', screen === 'phone' ? 17 : 18, 0), join(music, 'two.wav'));
      house.run('--quiet', 'library', 'add', music);
      await visit.open('#settings');
      const forget = page.getByRole('button', { name: `Forget ${music}` });
      await forget.click();
      const card = page.getByRole('dialog', { name: 'Forget this folder?' });
      await card.getByText(/The files stay as they are/).waitFor();
      await visit.fit_for_all('settings-forget');
      await card.getByRole('button', { name: 'Keep it' }).click();
      await card.waitFor({ state: 'detached' });
      await forget.click();
      await card.getByRole('button', { name: 'Forget it' }).click();
      await page.locator('main').getByText('Forgotten: 1 file; nothing was deleted on the disk.').waitFor(kLong);
      await forget.waitFor({ state: 'detached' });
      const folders = await (await fetch(`${house.base}/api/library/folders`)).json();
      assert.ok(!folders.some((one) => one.path === music));
      assert.ok(readFileSync(join(music, 'two.wav')).length > 1000);
      await seen_whole(visit, page, 'settings-forgotten');
    },
  },
  {
    name: 'whether covers come from the internet is chosen, unless the owner’s file says it',
    async run({ visit, page, house }) {
      const file = join(house.folder, 'config', 'spindle', 'spindle.toml');
      const before = readFileSync(file, 'utf8');
      const settings = async () => (await fetch(`${house.base}/api/settings`, { headers: { connection: 'close' } })).json();
      await visit.open('#settings');
      const choice = page.getByRole('group', { name: 'Covers' });
      const pressed = (name) => choice.getByRole('button', { name, pressed: true });
      await choice.getByRole('button', { name: 'from my files only' }).click();
      await pressed('from my files only').waitFor();
      await page.getByText('Nobody is asked for a cover.').waitFor();
      assert.equal((await settings()).covers_from_internet, false);
      await page.reload();
      await pressed('from my files only').waitFor();
      await choice.scrollIntoViewIfNeeded();
      await visit.fit_for_all('settings-covers');
      await choice.getByRole('button', { name: 'from the internet, too' }).click();
      await page.getByText(/the Cover Art Archive is asked/).waitFor();
      assert.equal((await settings()).covers_from_internet, true);
      try {
        writeFileSync(file, `${before}[covers]\ninternet = false\n`);
        await page.reload();
        await page.getByText('From your files only.').waitFor();
        assert.equal(await choice.count(), 0);
        await page.getByText('From your files only.').scrollIntoViewIfNeeded();
        await visit.shot('settings-covers-set');
      } finally {
        writeFileSync(file, before);
      }
    },
  },
  {
    name: 'what photos and recordings take is told, and they are removed',
    async run({ visit, page, house }) {
      const posted = await fetch(`${house.base}/api/gradings`, { method: 'POST', headers: { 'content-type': 'audio/wav' }, body: readFileSync(house.recording('kept.wav', 14, 1)) });
      await over(house, '/api/gradings', (await posted.json()).id);
      await visit.open('#settings');
      await page.getByText(/gradings? with recordings, \d/).waitFor();
      await page.getByText(/^Kept as long as there is room, up to 5 GB and 500/).waitFor();
      await page.getByLabel('Which to remove').selectOption('365');
      await page.getByRole('button', { name: 'Remove now' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove them' }).click();
      await page.getByText('Nothing is that old.').waitFor();
      await page.getByLabel('Which to remove').selectOption('0');
      await page.getByRole('button', { name: 'Remove now' }).click();
      await visit.fit_for_all('settings-remove');
      await page.getByRole('dialog').getByRole('button', { name: 'Remove them' }).click();
      await page.getByText(/^0 scans with photos/).waitFor();
      assert.deepEqual(await (await fetch(`${house.base}/api/gradings`)).json(), []);
    },
  },
];
