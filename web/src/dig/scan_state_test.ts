// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { SentEvent } from '../api/event_text';
import type { ScanJob } from '../api/types';
import { after, state_of } from './scan_state';

const kJob = { id: 'a'.repeat(32), kind: 'scan', state: 'running', created: '2026-11-22T10:00:00Z', events: 0, scan: null } as unknown as ScanJob;
let id = 0;
const event = (name: string, data: unknown): SentEvent => ({ id: String(++id), event: name, data: JSON.stringify(data) });
const quad = (x: number): number[][] => [[x, 0], [x + 10, 0], [x + 10, 100], [x, 100]];
const disc = (number: number, verdict: string): unknown => ({ number, verdict, text: `disc ${number}`, seen: [{ photo: 0, quad: quad(number * 20) }] });

const kStory = [
  event('state', { ...kJob, state: 'running' }),
  event('photo', { photo: 0, width: 400, height: 300 }),
  event('spines', { photo: 0, quads: [quad(20), quad(40)] }),
  event('progress', { step: 'reading', done: 1, total: 2 }),
  event('disc', disc(2, 'read')),
  event('disc', disc(1, 'unread')),
  event('disc', disc(2, 'known')),
];

describe('a scan that is followed', () => {
  test('fills: photo, outlines, discs in order, the newest word on each', () => {
    const state = after(state_of(kJob), kStory);
    expect(state.photos[0]).toMatchObject({ width: 400, height: 300 });
    expect(state.photos[0]?.found).toHaveLength(2);
    expect(state.discs.map((one) => [one.number, one.verdict])).toEqual([[1, 'unread'], [2, 'known']]);
    expect(state.progress?.step).toBe('reading');
    expect(state.over).toBe(false);
  });
  test('is the same when everything is told twice, as after a lost line', () => {
    const once = after(state_of(kJob), kStory);
    expect(after(once, kStory)).toEqual(once);
  });
  test('is over when its state says so', () => {
    const state = after(state_of(kJob), [event('state', { ...kJob, state: 'failed', error: { code: 'bad_input', message: 'no photo' } })]);
    expect(state.over).toBe(true);
    expect(state.job.error?.message).toBe('no photo');
  });
  test('leaves out what it cannot read and what it does not know', () => {
    const before = after(state_of(kJob), kStory);
    const odd = [{ id: '9', event: 'disc', data: '{"num' }, event('weather', { sun: true }), event('photo', { photo: 1e9, width: 1, height: 1 })];
    expect(after(before, odd)).toEqual(before);
  });
});

test('a finished document is the state by itself', () => {
  const state = state_of({
    ...kJob, state: 'done',
    scan: { spindle_scan: 1, complete: true, photos: [{ width: 4, height: 3, advice: [{ trouble: 'thin', message: 'come closer' }] }], discs: [disc(2, 'known'), disc(1, 'read')] },
  } as unknown as ScanJob);
  expect(state.over).toBe(true);
  expect(state.discs.map((one) => one.number)).toEqual([1, 2]);
  expect(state.photos[0]?.advice).toEqual(['come closer']);
});
