// SPDX-License-Identifier: Apache-2.0
// One visit to the page: a fresh browser profile on a phone or a desktop, and what every scenario needs.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const kScreens = {
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 } },
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export class Visit {
  static async begin(browser, house, screen, artefacts, scenario) {
    const visit = new Visit();
    visit.house = house;
    visit.screen = screen;
    visit.artefacts = artefacts;
    visit.context = await browser.newContext({
      ...kScreens[screen], baseURL: house.base, locale: 'en-GB', permissions: ['microphone'],
      serviceWorkers: scenario.service_worker ? 'allow' : 'block', bypassCSP: false, acceptDownloads: true,
    });
    visit.page = await visit.context.newPage();
    visit.page.setDefaultTimeout(15_000);
    visit.complaints = [];
    const allowed = scenario.allow ?? [];
    visit.page.on('pageerror', (error) => visit.complaints.push(error.message));
    visit.page.on('console', (message) => {
      const text = message.text();
      if (message.type() !== 'error' || text.includes('Service Worker') || allowed.some((one) => text.includes(one))) return;
      visit.complaints.push(text);
    });
    return visit;
  }

  async open(hash) {
    await this.page.goto(`/${hash}`);
    await this.page.waitForSelector('html[data-ready] main h1', { state: 'attached' });
  }

  async shot(name, full = false) {
    await this.page.screenshot({ path: join(this.artefacts, `${name}-${this.screen}.png`), fullPage: full });
  }

  /** Nothing serious in what is shown now, in either theme. */
  async fit_for_all(name) {
    for (const theme of ['light', 'dark']) {
      await this.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      // By the debugger's way in: the page's content policy lets no foreign script in, and should not.
      await this.page.evaluate(`${axe};0`);
      const found = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
      const serious = found.violations
        .filter((one) => one.impact === 'serious' || one.impact === 'critical')
        .map((one) => `${one.id} (${one.impact}): ${one.nodes.slice(0, 4).map((node) => `${node.html.slice(0, 140)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
      assert.deepEqual(serious, [], `${name}, ${theme}`);
      await this.shot(`${name}-${theme}`);
    }
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${name} is ${wide} pixels wider than the screen`);
  }

  async end() {
    await this.context.close();
  }
}
