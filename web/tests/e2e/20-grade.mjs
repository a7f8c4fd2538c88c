// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';

const kGrading = /#grade\/([0-9a-f]{32})$/;

async function send(page, file, name, side) {
  await page.getByLabel('What is it?').fill(name);
  await page.locator('.fields select').selectOption(side);
  await page.locator('label.take input[type=file]').setInputFiles(file);
  await page.waitForURL(kGrading);
  await page.getByRole('region', { name: 'Grade' }).or(page.getByRole('heading', { name: 'No grade' })).waitFor({ timeout: 60_000 });
  return kGrading.exec(page.url())[1];
}

export const scenarios = [
  {
    name: 'grade says what to do before there is anything',
    async run({ visit, page }) {
      await visit.open('#grade');
      await page.getByRole('heading', { name: 'How good does it sound?' }).waitFor();
      await visit.fit_for_all('grade-empty');
    },
  },
  {
    name: 'a recording becomes a grade that can be looked into',
    async run({ visit, page, house, screen, shared }) {
      await visit.open('#grade');
      shared.a = await send(page, house.recording('a.wav', 45, 12), `Nebula ${screen}`, 'A');
      const job = await (await fetch(`${house.base}/api/gradings/${shared.a}`)).json();
      assert.equal(job.state, 'done');
      assert.equal(job.grading.graded, true, job.grading.because);
      await page.getByLabel(new RegExp(`^${job.grading.grade.replace('+', '\\+')}, `)).waitFor();
      const sound = page.getByRole('region', { name: 'Sound' });
      const drawn = () => sound.locator('canvas').evaluate((canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let inked = 0;
        for (let i = 3; i < data.length; i += 4) inked += data[i] > 0 ? 1 : 0;
        return inked / (data.length / 4);
      });
      await page.waitForTimeout(800);
      assert.ok((await drawn()) > 0.05, 'the waveform is drawn');
      const coloured = await sound.locator('canvas').evaluate((canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let i = 0; i < data.length; i += 4) count += data[i + 3] > 0 && Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 8 ? 1 : 0;
        return count;
      });
      assert.ok(coloured > 1000, 'in the colours of the page, not in black');
      await page.getByText(/What each grade allows: NM up to 1, VG\+ 1 to 7\.5, /).waitFor({ state: 'attached' });
      const told = ['noise_db', 'clicks_per_minute', 'crackles_per_second', 'wear_db'].filter((one) => typeof job.grading.measured[one] === 'number');
      assert.equal(await page.getByRole('region', { name: 'Measures' }).locator('.scale').count(), told.length);
      await visit.fit_for_all('grade-side');

      assert.ok(job.grading.defects.length > 0, 'it has clicks');
      await sound.getByRole('button', { name: 'The next defect' }).click();
      await sound.getByText(`(1 of ${job.grading.defects.length})`).waitFor();
      const first = Math.min(...job.grading.defects.map((one) => one.at_s));
      await page.waitForFunction((from) => {
        const audio = document.querySelector('audio');
        return audio.currentTime > from && !audio.paused;
      }, first - 0.9);
      await page.waitForFunction(() => document.querySelector('audio').paused);
      const stopped = await page.evaluate(() => document.querySelector('audio').currentTime);
      assert.ok(Math.abs(stopped - (first + 1)) < 0.3, `two seconds around ${first}, stopped at ${stopped}`);
      await sound.getByRole('button', { name: 'Nearer' }).click();
      await page.waitForTimeout(500);
      assert.ok((await drawn()) > 0.02);
      await visit.shot('grade-nearer');
      await page.getByText('Pictures and files').click();
      for (const picture of await page.locator('details img').all()) {
        await picture.scrollIntoViewIfNeeded();
        await picture.evaluate((img) => img.complete || new Promise((done, failed) => ((img.onload = done), (img.onerror = failed))));
        assert.ok(await picture.evaluate((img) => img.naturalWidth > 100));
      }
      await visit.shot('grade-pictures', true);
    },
  },
  {
    name: 'two sides stand side by side',
    async run({ visit, page, house, screen, shared }) {
      await visit.open('#grade');
      if (!shared.a) {
        shared.a = await send(page, house.recording('a.wav', 45, 12), `Nebula ${screen}`, 'A');
        await visit.open('#grade');
      }
      await send(page, house.recording('b.wav', 40, 2), `Nebula ${screen}`, 'B');
      await page.getByRole('link', { name: 'All gradings' }).click();
      for (const side of ['B', 'A']) await page.getByRole('checkbox', { name: `Nebula ${screen}, side ${side}` }).check();
      await visit.fit_for_all('grade');
      await page.getByRole('button', { name: 'Side by side' }).click();
      await page.waitForURL(/#grade\/[0-9a-f]{32}\+[0-9a-f]{32}$/);
      await page.getByRole('heading', { name: `Nebula ${screen}, side A` }).waitFor();
      await page.getByRole('heading', { name: `Nebula ${screen}, side B` }).waitFor();
      assert.ok(page.url().includes(`${shared.a}+`), 'side A first');
      await page.waitForTimeout(600);
      await visit.fit_for_all('grade-two');
    },
  },
  {
    name: 'a recording is made in the browser and graded',
    async run({ visit, page, house }) {
      await visit.open('#grade');
      await page.getByRole('button', { name: 'Record here' }).click();
      await page.getByRole('button', { name: 'Begin' }).click();
      await page.locator('[role=timer]', { hasText: '0:04' }).waitFor();
      await visit.fit_for_all('grade-recording');
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText(/recorded/).waitFor();
      const seconds = await page.locator('main audio').evaluate(async (audio) => {
        if (!(audio.duration > 0)) await new Promise((done) => audio.addEventListener('loadedmetadata', done));
        return audio.duration;
      });
      assert.ok(seconds > 3, `${seconds} s`);
      await page.getByRole('button', { name: 'Grade it' }).click();
      await page.waitForURL(kGrading);
      await page.getByText(/only \d+ s long|No grade/).first().waitFor({ timeout: 30_000 });
      const id = kGrading.exec(page.url())[1];
      const job = await (await fetch(`${house.base}/api/gradings/${id}`)).json();
      assert.ok(job.grading.length_s > 3);
      await visit.shot('grade-none');
    },
  },
  {
    name: 'what is no recording is refused in words',
    allow: ['Failed to load resource'],
    screens: ['phone'],
    async run({ visit, page, house }) {
      await visit.open('#grade');
      await page.locator('label.take input[type=file]').setInputFiles(house.file('letter.wav', 'Dear friend, this is no sound at all.'));
      const words = page.getByRole('alert').last();
      await words.waitFor({ timeout: 30_000 });
      assert.doesNotMatch(await words.innerText(), /undefined|null|\[object/);
      await visit.shot('grade-refused');
    },
  },
];
