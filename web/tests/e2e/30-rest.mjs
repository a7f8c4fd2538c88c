// SPDX-License-Identifier: Apache-2.0
// Collection, Play, Settings, and the page as a whole.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { first_visit } from '../first_visit.mjs';

const kCsv = [
  'Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,CollectionFolder,Date Added,Collection Media Condition,Collection Sleeve Condition,Collection Notes',
  'CL 1355,Miles Davis,Kind Of Blue,Columbia,"LP, Album",5,1959,1001,Shelf,2026-03-01 10:00:00,Very Good Plus (VG+),Very Good (VG),from Hans',
  '6305 231,Kraftwerk,Autobahn,Philips,"LP, Album",,1974,1002,Boxes,2026-03-02 10:00:00,Near Mint (NM or M-),,',
  'AS-9203,Alice Coltrane,Journey In Satchidananda,Impulse!,"LP, Album",4,1971,1003,Shelf,2026-03-03 10:00:00,,,',
  'x,Nobody,No Number,None,LP,,1999,not a number,Shelf,2026-03-03 10:00:00,,,',
].join('\r\n');

export const scenarios = [
  {
    name: 'a collection comes in and goes out as CSV',
    async run({ visit, page, house, screen }) {
      await visit.open('#collection');
      await page.getByRole('heading', { name: 'As a file' }).waitFor();
      await page.locator('input[type=file]').setInputFiles(house.file('collection.csv', kCsv));
      await page.getByText(/row left out/).waitFor();
      await page.getByText('Journey In Satchidananda').waitFor();
      await visit.fit_for_all('collection');
      await page.getByRole('searchbox', { name: 'Find in the collection' }).fill('kraftwerk 1974');
      await page.getByText(/^1 copy of/).waitFor();
      await page.getByRole('searchbox', { name: 'Find in the collection' }).fill('');
      await page.getByLabel('Condition', { exact: true }).selectOption('VG+');
      await page.getByText('Kind Of Blue').waitFor();
      assert.equal(await page.getByText('Autobahn').count(), 0);
      await page.getByLabel('Condition', { exact: true }).selectOption('');
      if (screen === 'desktop') {
        await page.getByRole('button', { name: 'Year' }).click();
        await page.locator('th[aria-sort=ascending]', { hasText: 'Year' }).waitFor();
      }
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save as CSV' }).click()]);
      assert.match(await readFile(await download.path(), 'utf8'), /Kind Of Blue/);
    },
  },
  {
    name: 'a want is added by its number and dropped',
    async run({ visit, page }) {
      await visit.open('#collection/wants');
      await page.getByRole('button', { name: 'Add' }).click();
      await page.getByRole('dialog').getByRole('searchbox').fill('249504');
      await page.getByRole('button', { name: 'It is release 249504 on Discogs' }).click();
      await page.getByText('Added to the wants.').waitFor();
      await page.locator('a[href$="/249504"]').waitFor();
      await visit.fit_for_all('wants');
      await page.locator('li', { has: page.locator('a[href$="/249504"]') }).getByRole('button').click();
      await page.getByText(/^No longer wanted/).waitFor();
      assert.equal(await page.locator('a[href$="/249504"]').count(), 0);
    },
  },
  {
    name: 'play says how to begin, and keeps a new stylus',
    async run({ visit, page, screen }) {
      await visit.open('#play');
      await page.getByRole('heading', { name: 'Nothing listens' }).waitFor();
      await page.getByRole('button', { name: 'New stylus' }).click();
      await page.getByRole('dialog').getByRole('textbox').fill(`VM540ML ${screen}`);
      await page.getByRole('button', { name: 'It plays from now on' }).click();
      await page.getByText(`VM540ML ${screen}`).first().waitFor();
      await page.getByRole('group', { name: 'Over' }).getByRole('button', { name: 'year' }).click();
      await page.waitForTimeout(300);
      await visit.fit_for_all('play');
    },
  },
  {
    name: 'a phone is paired by its link, seen in the list, and revoked',
    async run({ visit, page, house }) {
      await visit.open('#settings');
      await page.getByRole('button', { name: 'Pair a phone' }).click();
      await page.getByRole('img', { name: 'QR code of the pairing link' }).waitFor();
      const link = await page.locator('.link').innerText();
      const token = /#pair=([\w-]+)$/.exec(link.trim())?.[1];
      assert.ok(token, link);
      await visit.fit_for_all('settings-pair');

      const other = await visit.context.browser().newContext({ baseURL: house.base });
      const phone = await other.newPage();
      await phone.goto(`/#pair=${token}`);
      await phone.getByText(/^Paired as/).waitFor();
      assert.equal(new URL(phone.url()).hash, '#dig', 'the token is out of the address');
      const cookie = (await other.cookies()).find((one) => one.httpOnly);
      assert.ok(cookie && cookie.sameSite === 'Strict', JSON.stringify(await other.cookies()));
      await phone.goto(`/#settings`);
      await phone.goto(`/#pair=${token}`); // where the page is open already
      await phone.getByRole('alert').first().waitFor(); // once only
      await other.close();

      await page.getByText('A device was paired.').waitFor();
      await page.getByRole('button', { name: /^Revoke/ }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke it' }).click();
      await page.getByText(/may not use Spindle any more/).waitFor();
    },
  },
  {
    name: 'settings show what is there, and light and dark are switched',
    async run({ visit, page }) {
      await visit.open('#settings');
      await page.getByRole('heading', { name: 'Library' }).waitFor();
      await visit.fit_for_all('settings');
      await page.emulateMedia({ colorScheme: 'light' });
      await page.getByRole('button', { name: 'dark', exact: true }).click();
      const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const dark = await ground();
      await page.reload();
      await page.getByRole('button', { name: 'dark', exact: true }).waitFor();
      assert.equal(await ground(), dark, 'it is kept');
      await page.getByRole('button', { name: 'light', exact: true }).click();
      assert.notEqual(await ground(), dark);
    },
  },
  {
    name: 'every tab is reached by keys, and no tab is wider than the screen',
    async run({ visit, page }) {
      await visit.open('#dig');
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'To the content');
      await page.keyboard.press('Tab');
      for (const tab of ['dig', 'play', 'grade', 'collection', 'settings']) {
        assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), `#${tab}`);
        await page.keyboard.press('Tab');
      }
      for (const tab of ['play', 'grade', 'collection', 'settings', 'dig']) {
        await page.getByRole('navigation').getByRole('link', { name: tab, exact: false }).click();
        await page.waitForURL(new RegExp(`#${tab}$`));
        await page.waitForTimeout(250);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `${tab}: ${wide} px too wide`);
        assert.equal(await page.evaluate(() => document.activeElement.id), 'main', 'the focus goes to what is new');
      }
    },
  },
  {
    name: 'what is seen first works before the script has come',
    needs_shelf: true,
    allow: ['/icons/spindle.svg', 'net::ERR_FAILED'], // asked for once more by a slow browser that is on about:blank by then
    async run({ page, photo }) {
      let come = () => {};
      const script = new Promise((done) => (come = done));
      await page.route('**/assets/index-*.js', async (route) => {
        await script;
        await route.continue();
      });
      await page.goto('/', { waitUntil: 'commit' });
      await page.getByRole('heading', { name: 'What stands on this shelf?' }).waitFor();
      await page.getByText('What stands there, and what it costs').click(); // opens by itself
      await page.getByLabel('A disc costs, $').waitFor();
      await page.locator('label.take input').setInputFiles(photo);
      assert.equal(await page.evaluate(() => document.documentElement.dataset.ready), undefined);
      come();
      await page.waitForURL(/#dig\/[0-9a-f]{32}$/); // it was sent
      await page.goto('about:blank');
      await page.goto('/#settings', { waitUntil: 'commit' }); // another tab does not show the first one before
      await page.waitForSelector('html[data-elsewhere], html[data-ready]');
      await page.getByRole('heading', { name: 'Settings' }).waitFor();
      assert.equal(await page.getByRole('heading', { name: 'What stands on this shelf?' }).count(), 0);
    },
  },
  {
    name: 'the first visit is light and quick on a slow phone',
    screens: ['phone'],
    async run({ visit, house }) {
      const { bytes, painted, usable } = await first_visit(visit.context, `${house.base}/`);
      console.log(`      first visit: ${(bytes / 1000).toFixed(1)} kB over the line, painted after ${(painted / 1000).toFixed(2)} s, usable after ${(usable / 1000).toFixed(2)} s (4x slower, 1.6 Mbit/s, 150 ms)`);
      assert.ok(bytes < 150_000, `${bytes} bytes`);
      assert.ok(usable < 4000, `${usable} ms`); // on any machine, whatever else it does
    },
  },
  {
    name: 'without a line the page is there and shows what was seen',
    service_worker: true,
    allow: ['Failed to load resource', 'net::'],
    async run({ visit, page, house }) {
      const answer = await fetch(`${house.base}/api/collection.csv`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: kCsv });
      assert.ok(answer.ok, await answer.text());
      await visit.open('#collection');
      await page.getByText('Kind Of Blue').waitFor();
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.waitForFunction(async () => (await caches.keys()).length === 1);
      await house.stop();
      try {
        await page.reload();
        await page.getByText(/^No line to Spindle/).or(page.getByText('No line to Spindle')).first().waitFor();
        await page.getByText('Kind Of Blue').waitFor();
        await page.getByText(/· as seen/).waitFor();
        const kept = await page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat());
        assert.ok(kept.length > 5 && kept.every((path) => !path.startsWith('/api')), kept.join(' '));
        await visit.fit_for_all('offline');
      } finally {
        await house.serve();
      }
      await page.getByText('No line to Spindle').waitFor({ state: 'detached', timeout: 20_000 });
    },
  },
];
