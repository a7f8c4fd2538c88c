// SPDX-License-Identifier: Apache-2.0
// Draws the PNG icons from public/icons/spindle.svg with a browser; run by hand when the picture changes.
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const folder = new URL('../public/icons/', import.meta.url);
const picture = await readFile(new URL('spindle.svg', folder), 'utf8');
// A maskable icon is cut to any shape by the phone: its ground must fill the square.
const full = picture.replace('rx="96"', '').replace('viewBox="0 0 512 512"', 'viewBox="-40 -40 592 592"').replace('<rect width="512" height="512"', '<rect x="-40" y="-40" width="592" height="592"');

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'],
});
for (const [name, size, svg] of [['spindle-180', 180, full], ['spindle-192', 192, picture], ['spindle-512', 512, picture], ['spindle-maskable-512', 512, full]]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  await page.screenshot({ path: new URL(`${name}.png`, folder).pathname, omitBackground: true });
  await page.close();
}
await browser.close();
