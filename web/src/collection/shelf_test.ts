// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Copy } from '../api/types';
import { conditions_of, found, short_condition, sorted, worth_of } from './shelf';

const copy = (title: string, more: Partial<Copy> = {}): Copy => ({ release_id: 1, artist: 'x', title, ...more }) as Copy;
const kShelf = [
  copy('a', { value: 5, media_condition: 'Very Good (VG)', plays: 3, folder: 'Boxes' }),
  copy('b', { value: null, media_condition: '' }),
  copy('c', { value: 50, media_condition: 'Near Mint (NM or M-)', notes: 'from Jörg' }),
];
const titles = (copies: readonly Copy[]): string => copies.map((one) => one.title).join('');

describe('a collection', () => {
  test('knows conditions long and short', () => {
    expect(short_condition('Near Mint (NM or M-)')).toBe('NM');
    expect(short_condition('VG+')).toBe('VG+');
    expect(short_condition(undefined)).toBe('');
    expect(conditions_of(kShelf)).toEqual(['NM', 'VG']);
  });
  test('is ordered; what has no value stands last either way', () => {
    expect(titles(sorted(kShelf, 'value', true))).toBe('cab');
    expect(titles(sorted(kShelf, 'value', false))).toBe('acb');
    expect(titles(sorted(kShelf, 'condition', false))).toBe('cab');
  });
  test('is searched in all that is written on it', () => {
    const sought = { words: '', folder: '', condition: '', played: '' };
    expect(titles(found(kShelf, { ...sought, words: 'jorg' }))).toBe('c');
    expect(titles(found(kShelf, { ...sought, condition: 'none' }))).toBe('b');
    expect(titles(found(kShelf, { ...sought, played: 'never' }))).toBe('bc');
    expect(titles(found(kShelf, { ...sought, folder: 'Boxes' }))).toBe('a');
  });
  test('is worth what is known of it, and says how much is not', () => {
    expect(worth_of(kShelf)).toEqual({ value: 55, unpriced: 1 });
  });
});
