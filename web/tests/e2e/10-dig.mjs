// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';

const kScan = /#dig\/([0-9a-f]{32})$/;

async function send(page, photo) {
  await page.locator('input[type=file][multiple]').setInputFiles(photo);
  await page.waitForURL(kScan);
  return kScan.exec(page.url())[1];
}
async function finished(house, id, kind = 'scans') {
  for (let i = 0; i < 900; ++i) {
    // Not on a connection that was idle: the server may be closing it.
    const answer = await fetch(`${house.base}/api/${kind}/${id}`, { headers: { connection: 'close' } });
    const job = await answer.json();
    if (job.state !== 'queued' && job.state !== 'running') return job;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error('it takes too long');
}

export const scenarios = [
  {
    name: 'dig says what to do before there is anything',
    async run({ visit, page }) {
      await visit.open('#dig');
      await page.getByRole('heading', { name: 'What stands on this shelf?' }).waitFor();
      await visit.fit_for_all('dig-empty');
    },
  },
  {
    name: 'a photo becomes boxes and a list',
    needs_shelf: true,
    allow: ['404'], // the photo is asked for before it is opened
    async run({ visit, page, house, photo, screen, shared }) {
      await visit.open('#dig');
      const id = await send(page, photo);
      shared.scan = id;
      await page.locator('polygon').first().waitFor({ state: 'attached', timeout: 120_000 });
      await visit.shot('dig-running');
      const job = await finished(house, id);
      assert.equal(job.state, 'done', JSON.stringify(job.error));
      await page.getByText('Marked photo').waitFor({ timeout: 30_000 });
      const discs = job.scan.discs;
      assert.ok(discs.length > 8, `${discs.length} discs`);
      assert.equal(await page.locator('button[data-disc]').count(), discs.length);
      assert.equal(await page.locator('polygon.box').count(), discs.flatMap((one) => one.seen).length);
      await visit.fit_for_all('dig-scan');

      // a box that is tapped is a row that is marked, and a card that opens
      const disc = discs.find((one) => one.verdict === 'known') ?? discs[0];
      const [x, y] = [0, 1].map((axis) => disc.seen[0].quad.reduce((sum, point) => sum + point[axis], 0) / 4);
      const frame = await page.locator('.frame').boundingBox();
      const { width, height } = job.scan.photos[0];
      const scale = Math.min(frame.width / width, frame.height / height);
      const at = [frame.x + (frame.width - width * scale) / 2 + x * scale, frame.y + (frame.height - height * scale) / 2 + y * scale];
      if (screen === 'phone') await page.touchscreen.tap(...at);
      else await page.mouse.click(...at);
      const card = page.getByRole('dialog');
      await card.waitFor();
      assert.equal(await page.locator('button[data-disc][aria-current=true]').getAttribute('data-disc'), String(disc.number));
      await card.locator('img.strip').evaluate((img) => img.complete || new Promise((done) => (img.onload = done)));
      assert.ok(await card.locator('img.strip').evaluate((img) => img.naturalWidth > 20));
      await visit.fit_for_all('dig-card');
      await page.keyboard.press('Escape');
      await card.waitFor({ state: 'detached' });
    },
  },
  {
    name: 'the list is ordered, filtered and walked by keys',
    needs_shelf: true,
    screens: ['desktop'],
    async run({ visit, page, shared }) {
      await visit.open(`#dig/${shared.scan}`);
      const rows = page.locator('button[data-disc]');
      await rows.first().waitFor();
      const all = await rows.count();
      await page.getByLabel('Order').selectOption('verdict');
      await page.getByRole('group', { name: 'Show only' }).getByRole('button').first().click();
      assert.ok((await rows.count()) < all);
      await page.getByRole('group', { name: 'Show only' }).getByRole('button').first().click();
      await page.getByLabel('Find in this scan').fill('no such words at all');
      await page.getByText('None of the').waitFor();
      await page.getByRole('button', { name: 'Show all' }).click();
      assert.equal(await rows.count(), all);
      await page.getByLabel('Order').selectOption('position');
      await rows.first().focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.evaluate(() => document.activeElement.dataset.disc), '3');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.getByRole('button', { name: 'The next disc' }).click();
      await page.getByRole('dialog', { name: /^4 · / }).waitFor();
      await page.keyboard.press('Escape');
      // zoom and pan by keys
      const before = await page.locator('svg g[transform]').first().getAttribute('transform');
      await page.locator('.frame').focus();
      await page.keyboard.press('+');
      await page.keyboard.press('ArrowRight');
      assert.notEqual(await page.locator('svg g[transform]').first().getAttribute('transform'), before);
      await visit.shot('dig-zoomed');
      await page.keyboard.press('0');
      assert.equal(await page.locator('svg g[transform]').first().getAttribute('transform'), before);
    },
  },
  {
    name: 'a wrong disc is corrected, for good',
    needs_shelf: true,
    async run({ visit, page, house, shared }) {
      await visit.open(`#dig/${shared.scan}`);
      await page.locator('button[data-disc]').nth(1).click();
      const card = page.getByRole('dialog');
      await card.getByRole('button', { name: 'Wrong? Pick the right one' }).click();
      const { title } = (await (await fetch(`${house.base}/api/scans/${shared.scan}`)).json()).scan.discs.flatMap((one) => one.candidates ?? [])[0];
      await card.getByRole('searchbox').fill(title);
      await card.getByRole('button', { name: 'Find', exact: true }).click();
      const found = card.locator('section.correct li button').first();
      await found.waitFor();
      await visit.shot('dig-correct');
      await found.click();
      await card.getByText('corrected by you').waitFor();
      await page.reload();
      await page.locator('[data-disc="2"] .badge', { hasText: 'corrected' }).waitFor();
      const lines = await (await fetch(`${house.base}/api/corrections`)).text();
      assert.ok(lines.trim().split('\n').length >= 1 && lines.includes('release_id'), lines);
    },
  },
  {
    name: 'a disc goes to the collection and the wants',
    needs_shelf: true,
    async run({ visit, page, house, shared }) {
      await visit.open(`#dig/${shared.scan}`);
      const job = await (await fetch(`${house.base}/api/scans/${shared.scan}`)).json();
      const disc = job.scan.discs.find((one) => one.verdict === 'known' && one.number > 4);
      await page.locator(`button[data-disc="${disc.number}"]`).click();
      const card = page.getByRole('dialog');
      await card.getByRole('button', { name: 'Collection' }).click();
      await page.getByText('Added to the collection.').waitFor();
      await card.getByText(/you have/).waitFor();
      await card.getByRole('button', { name: 'Wants' }).click();
      await card.getByText('on your wants').waitFor();
      const link = card.getByRole('link', { name: 'Discogs' });
      assert.match(await link.getAttribute('href'), /^https:\/\/www\.discogs\.com\/release\/\d+$/);
      assert.match(await link.getAttribute('rel'), /noopener/);
      const copies = await (await fetch(`${house.base}/api/collection`)).json();
      assert.ok(copies.length > 0);
    },
  },
  {
    name: 'a card draws what a disc cost',
    needs_shelf: true,
    async run({ visit, page, house, shared }) {
      await visit.open(`#dig/${shared.scan}`);
      const job = await (await fetch(`${house.base}/api/scans/${shared.scan}`, { headers: { connection: 'close' } })).json();
      const disc = job.scan.discs.find((one) => one.verdict === 'known');
      const card = page.getByRole('dialog');
      await page.locator(`button[data-disc="${disc.number}"]`).click();
      await card.getByText('Price history').click();
      await card.getByText('No price of it was ever asked for.').waitFor();
      await visit.shot('dig-no-prices');
      await page.keyboard.press('Escape');
      await card.waitFor({ state: 'detached' });

      const days_ago = (days) => new Date(Date.now() - days * 86_400_000).toISOString().replace(/\.\d+/, '');
      const quotes = [[90, 6.5], [61, 4.25], [40, null], [12, 5.1], [0.2, 3.99]].map(([days, value]) => ({ figure: 'lowest', value, currency: 'USD', source: 'discogs', seen_at: days_ago(days) }));
      for (const [figure, value] of [['sold_median', 7.5], ['suggested_vg_plus', 8.2], ['have', 164]]) quotes.push({ figure, value, currency: figure === 'have' ? null : 'USD', source: 'page', seen_at: days_ago(30) });
      await page.route('**/api/market/releases/*/quotes', (route) => route.fulfill({ json: quotes }));
      await page.locator(`button[data-disc="${disc.number}"]`).click();
      await card.getByText('Price history').click();
      await card.getByRole('img', { name: /^Prices since .*cheapest for sale \$3\.99, 4 h ago/ }).waitFor();
      assert.equal(await card.locator('figure circle').count(), 6);
      await card.getByText('As a table').click();
      assert.equal(await card.getByRole('table', { name: 'Prices seen' }).getByRole('row').count(), 8);
      await card.locator('figure').scrollIntoViewIfNeeded();
      await visit.fit_for_all('dig-prices');
    },
  },
  {
    name: 'a scan survives a lost line, a reload and a killed server',
    needs_shelf: true,
    allow: ['Failed to load resource', 'ERR_', 'net::'],
    async run({ visit, page, house, photo }) {
      await visit.open('#dig');
      const id = await send(page, photo);
      await page.getByRole('progressbar').first().waitFor();
      await house.stop('SIGKILL');
      await page.getByText(/line is cut|No line to Spindle/).first().waitFor({ timeout: 20_000 });
      await visit.shot('dig-cut');
      await house.serve();
      await page.getByText('Marked photo').waitFor({ timeout: 240_000 });
      const job = await finished(house, id);
      assert.equal(job.state, 'done');
      await page.reload();
      await page.getByText('Marked photo').waitFor();
      assert.equal(await page.locator('button[data-disc]').count(), job.scan.discs.length);
    },
  },
  {
    name: 'what is no photo is refused in words',
    allow: ['Failed to load resource'],
    async run({ visit, page, house }) {
      await visit.open('#dig');
      const input = page.locator('input[type=file][multiple]');
      await input.setInputFiles(house.file('empty.jpg', ''));
      await page.getByRole('alert').getByText(/empty/).waitFor();
      await input.setInputFiles(house.file('clip.mp4', 'not even a film'));
      await page.getByRole('alert').getByText(/video/).waitFor();
      await input.setInputFiles(house.file('letter.jpg', 'Dear friend, this is a letter and no photo.'));
      // The server refuses it at once, or the job says so.
      const words = page.getByRole('alert').last();
      await words.getByText(/photo|image|picture|JPEG/i).first().waitFor({ timeout: 30_000 });
      assert.doesNotMatch(await words.innerText(), /undefined|null|\[object/);
      await visit.shot('dig-refused');
    },
  },
  {
    name: 'a scan that is gone says so',
    allow: ['404'],
    async run({ visit, page }) {
      await visit.open(`#dig/${'0'.repeat(32)}`);
      await page.getByRole('alert').waitFor();
      await page.getByRole('button', { name: 'To the scans that are there' }).click();
      await page.getByRole('heading', { name: 'Past scans' }).waitFor();
      await visit.fit_for_all('dig');
    },
  },
  {
    name: 'a scan is deleted when one is sure',
    needs_shelf: true,
    screens: ['desktop'],
    allow: ['404'],
    async run({ visit, page, house }) {
      await visit.open('#dig');
      const rows = page.locator('.scans li');
      await rows.first().waitFor();
      const before = await rows.count();
      await rows.first().getByRole('button').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
      assert.equal(await rows.count(), before);
      await rows.first().getByRole('button').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
      await page.getByText('The scan and its photos are deleted.').waitFor();
      assert.equal((await (await fetch(`${house.base}/api/scans`)).json()).length, before - 1);
    },
  },
];
