// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Quote } from '../api/types';
import { amount, path_of, place, price_history, round_top } from './price_history';

const kNow = Date.parse('2026-11-20T00:00:00Z');
const quote = (figure: string, value: number | null, seen_at: string, currency: string | null = 'USD'): Quote => ({ figure, value, currency, source: 'discogs', seen_at });

test('where no amount was seen there is nothing to draw', () => {
  expect(price_history([], kNow)).toBeNull();
  expect(price_history([quote('have', 100, '2026-11-01T00:00:00Z', null)], kNow)).toBeNull();
  expect(price_history([quote('lowest', null, '2026-11-01T00:00:00Z')], kNow)).toBeNull();
});

test('lines are in order of time and break where none was for sale', () => {
  const history = price_history(
    [quote('lowest', 4, '2026-11-10T00:00:00Z'), quote('lowest', 8, '2026-10-31T00:00:00Z'), quote('lowest', null, '2026-11-05T00:00:00Z'), quote('lowest', 6, '2026-11-20T00:00:00Z')],
    kNow,
  );
  expect(history?.lines.map((line) => line.seen.map((one) => one.value))).toEqual([[8, null, 4, 6]]);
  if (!history) return;
  expect(history.top).toBe(10);
  expect(path_of(history, history.lines[0]!, 200, 100)).toBe('M0.0 20.0M100.0 60.0L200.0 40.0');
  expect(place(history, history.lines[0]!.seen[3]!, 200, 100)).toEqual([200, 40]);
});

test('one currency is drawn, and the others are counted', () => {
  const history = price_history([quote('lowest', 3, '2026-11-01T00:00:00Z', 'EUR'), quote('lowest', 4, '2026-11-02T00:00:00Z')], kNow);
  expect(history?.currency).toBe('USD');
  expect(history?.others).toBe(1);
});

test('what a wrong clock put into the future is left out', () => {
  expect(price_history([quote('lowest', 3, '2027-11-01T00:00:00Z')], kNow)).toBeNull();
});

test('one single moment has a place, too', () => {
  const history = price_history([quote('lowest', 5, '2026-11-20T00:00:00Z')], kNow);
  expect(history && place(history, history.lines[0]!.seen[0]!, 200, 100)).toEqual([0, 0]);
});

test('scales end at round numbers', () => {
  expect([0, 0.3, 1, 4.2, 21, 99, 100, 101].map(round_top)).toEqual([1, 0.5, 1, 5, 25, 100, 100, 200]);
});

test('amounts are written in their own currency', () => {
  expect(amount(4.2, 'USD')).toBe('$4.20');
  expect(amount(4.2, 'EUR')).toBe('€4.20');
});
