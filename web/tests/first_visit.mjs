// SPDX-License-Identifier: Apache-2.0
// How long the first visit takes on a slow phone: a quarter of this machine's speed, 1.6 Mbit/s, 150 ms there and
// back. Reckoned by the page's own clock from the beginning of the navigation, so that the test's own work (a
// megabyte of script that a debugger would load into a throttled page) does not count.
//   node tests/first_visit.mjs RUNS URL [URL...]     several pages in turn: medians, least and most of each
import { fileURLToPath } from 'node:url';

const kLine = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 };
const kSlower = 4;

/** In the page, before anything of its own. */
function watch() {
  const seen = (globalThis.first_visit_seen = {});
  const observer = new MutationObserver(() => {
    if (seen.shown === undefined && document.querySelector('label.take')) seen.shown = performance.now();
    // main.ts says when its handlers are on. When this is reached after that, a tap would be, too.
    if (document.documentElement.dataset.ready === undefined) return;
    observer.disconnect();
    setTimeout(() => (seen.usable = performance.now()), 0);
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true });
}

/** @returns milliseconds {head, painted, shown, usable, loaded}, bytes over the line, and what was loaded. */
export async function first_visit(context, url, at = { cpu: kSlower, line: kLine }) {
  const page = await context.newPage();
  await page.addInitScript(watch);
  const debug = await context.newCDPSession(page);
  await debug.send('Network.enable');
  await debug.send('Network.emulateNetworkConditions', at.line);
  await debug.send('Emulation.setCPUThrottlingRate', { rate: at.cpu });
  let bytes = 0;
  debug.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForTimeout(4000); // nothing of ours runs in the page meanwhile
  await debug.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const times = await page.evaluate(() => {
    const [way] = performance.getEntriesByType('navigation');
    return {
      ...globalThis.first_visit_seen,
      head: way.responseStart,
      painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
      loaded: way.loadEventEnd,
      files: performance.getEntriesByType('resource').map((one) => ({ name: new URL(one.name).pathname, begun: one.startTime, ended: one.responseEnd, bytes: one.encodedBodySize })),
    };
  });
  await page.close();
  return { ...times, bytes };
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [runs, ...urls] = process.argv.slice(2);
  if (urls.length === 0) {
    console.error('usage: node tests/first_visit.mjs RUNS URL [URL...]');
    process.exit(2);
  }
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const all = urls.map(() => []);
  for (let run = 0; run < Number(runs); ++run) {
    for (const [i, url] of urls.entries()) {
      const context = await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, serviceWorkers: 'block' });
      all[i].push(await first_visit(context, url));
      await context.close();
    }
  }
  for (const [i, url] of urls.entries()) {
    console.log(url);
    for (const name of ['head', 'painted', 'shown', 'usable', 'loaded', 'bytes']) {
      const list = all[i].map((one) => one[name] ?? NaN);
      console.log(`  ${name.padEnd(8)} ${median(list).toFixed(0).padStart(7)}   (${Math.min(...list).toFixed(0)} to ${Math.max(...list).toFixed(0)})`);
    }
    for (const file of all[i][0].files) console.log(`    ${file.begun.toFixed(0).padStart(6)} - ${file.ended.toFixed(0).padStart(6)} ms  ${(file.bytes / 1000).toFixed(1).padStart(6)} kB  ${file.name}`);
  }
  await browser.close();
}
