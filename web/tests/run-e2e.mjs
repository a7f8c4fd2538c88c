// SPDX-License-Identifier: Apache-2.0
// Drives the page in Chromium against the real program, on real jobs:
//   node tests/run-e2e.mjs BINARY [WORDS]     only scenarios whose names hold WORDS
// Pictures of what was seen are left in tests/artefacts. CHROMIUM names another browser.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { House } from './e2e/house.mjs';
import { Visit, kScreens } from './e2e/visit.mjs';

const [binary, words = ''] = process.argv.slice(2);
if (!binary) {
  console.error('usage: node tests/run-e2e.mjs BINARY [WORDS]');
  process.exit(2);
}
const artefacts = new URL('artefacts/', import.meta.url).pathname;
mkdirSync(artefacts, { recursive: true });

const house = new House(binary);
const sound = house.recording('microphone.wav', 20, 5);
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${sound}`, '--autoplay-policy=no-user-gesture-required'],
});
let failed = 0;
let passed = 0;
try {
  const photo = house.shelf();
  await house.serve();
  const answer = await fetch(`${house.base}/`);
  assert.match(await answer.text(), /id="page"/, 'the program was built without its page: scripts/page, then build it again');

  const shared = {}; // what one scenario leaves for the next, by screen
  for (const file of readdirSync(new URL('e2e/', import.meta.url)).filter((name) => /^\d.*\.mjs$/.test(name)).sort()) {
    const { scenarios } = await import(`./e2e/${file}`);
    for (const scenario of scenarios) {
      for (const screen of Object.keys(kScreens)) {
        const name = `${scenario.name} (${screen})`;
        if (!name.includes(words) || (scenario.screens && !scenario.screens.includes(screen))) continue;
        if (scenario.needs_shelf && photo === null) {
          console.log(`skip  ${name}: no made-up shelf (spindle-make-dump, spindle-make-shelf)`);
          continue;
        }
        const visit = await Visit.begin(browser, house, screen, artefacts, scenario);
        const begun = Date.now();
        try {
          await scenario.run({ ...visit, visit, page: visit.page, house, photo, screen, shared: (shared[screen] ??= {}) });
          assert.deepEqual(visit.complaints, [], 'the browser complained');
          console.log(`ok    ${name}  ${((Date.now() - begun) / 1000).toFixed(1)} s`);
          ++passed;
        } catch (error) {
          ++failed;
          await visit.shot(`failed-${scenario.name.replaceAll(/\W+/g, '-')}`).catch(() => {});
          console.log(`FAIL  ${name}\n      ${String(error?.stack ?? error).split('\n').slice(0, 12).join('\n      ')}`);
          if (visit.complaints.length > 0) console.log(`      browser: ${visit.complaints.join('\n      browser: ')}`);
        } finally {
          await visit.end();
        }
      }
    }
  }
} catch (error) {
  ++failed;
  console.log(`FAIL  ${error?.stack ?? error}`);
} finally {
  await browser.close();
  await house.close();
}
console.log(`${passed} passed, ${failed} failed; pictures in ${artefacts}`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
