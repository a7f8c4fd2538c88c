// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Job } from '../api/types';
import { step_words } from '../lib/job_words';
import { month } from '../lib/format';
import { forgetting_words } from './forgetting';
import { look_words } from './look_words';
import { foremost } from './upkeep.svelte';

test('a look says what it found, the new first, and nothing of what there was none', () => {
  expect(look_words({ unchanged: 1200, added: 3, failed: 1, moved: 0 })).toBe('Looked through: 3 new, 1 could not be read, 1,200 as they were.');
  expect(look_words({})).toBe('No music was found there.');
});
test('a folder that was forgotten is no look that found nothing', () => {
  expect(look_words({ forgotten: 12, tracks: 11 })).toBe('Forgotten: 12 files; nothing was deleted on the disk.');
  expect(look_words({ forgotten: 0, tracks: 0 })).toBe('Forgotten: 0 files; nothing was deleted on the disk.');
});
test('what is forgotten with a folder is said before, and what comes back', () => {
  const folders = ['/music', '/music/old', '/musical'].map((path) => ({ path, there: true, files: 3, missing: 0, failed: 0 }));
  expect(forgetting_words(folders[0]!, folders)).toMatch(/^The fingerprints of 3 files in \/music go: .* Also forgotten: \/music\/old, which is in it\.$/);
  expect(forgetting_words(folders[1]!, folders)).toMatch(/ But \/music, which it is in, is still looked at: at the next look the files come back\.$/);
  expect(forgetting_words(folders[2]!, folders)).toMatch(/so do plays, gradings and collection\.$/);
});
test('steps are called by the work they are of, sizes as sizes', () => {
  expect(step_words({ step: 'downloading', item: 'MB of x', done: 1400, total: 9800, eta_s: 2400 }, 'catalog')).toBe('Downloading, 1.4 GB of 9.8 GB; about 40 min more');
  expect(step_words({ step: 'indexing', item: 'a.flac', done: 3, total: 1200, eta_s: null }, 'library')).toBe('Listening to what is new, 3 of 1,200');
  expect(step_words({ step: 'looking for music', done: 512, total: 0 }, 'library')).toBe('Looking for music, 512 files');
  expect(step_words({ step: 'reading', done: 3, total: 12, eta_s: 9 })).toBe('Reading the spines, 3 of 12; about 9 s more');
});
test('of several jobs the one that runs is shown, then the one that waited longest, then the last', () => {
  const job = (id: string, state: Job['state']): Job => ({ id, kind: 'catalog', state, created: '', events: 0 });
  expect(foremost([job('c', 'queued'), job('b', 'running'), job('a', 'done')])?.id).toBe('b');
  expect(foremost([job('c', 'queued'), job('b', 'queued'), job('a', 'done')])?.id).toBe('b');
  expect(foremost([job('b', 'failed'), job('a', 'done')])?.id).toBe('b');
  expect(foremost([])).toBeNull();
});
test('months are written out', () => {
  expect(month('2026-07')).toBe('July 2026');
  expect(month('soon')).toBe('soon');
});
