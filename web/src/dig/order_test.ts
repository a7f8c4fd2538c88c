// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Disc } from '../api/types';
import { counted, filtered, ordered } from './order';
import { look_of, release_of, title_of } from './verdict';

function disc(number: number, verdict: string, artist = '', title = '', margin?: number, advice?: string): Disc {
  return {
    number, verdict, text: `text ${number}`, seen: [],
    candidates: title === '' ? [] : [{ probability: 0.9, artist, title, pressings: [{ release_id: 100 + number, numbers: [`CAT-${number}`] }] }],
    worth: margin === undefined ? null : { margin, advice, release_id: 200 + number },
  } as unknown as Disc;
}

const kShelf = [
  disc(1, 'known', 'Zappa', 'Hot Rats', 2, 'maybe'),
  disc(2, 'unread'),
  disc(3, 'known', 'Björk', 'Debut', 12, 'buy'),
  disc(4, 'maybe', 'Abba', 'Arrival'),
  disc(5, 'read'),
  disc(6, 'known', 'Can', 'Future Days', -1, 'leave'),
];
const numbers = (discs: readonly Disc[]): number[] => discs.map((one) => one.number);

describe('the list', () => {
  test('stands as the shelf does, whatever the order it came in', () => {
    expect(numbers(ordered([...kShelf].reverse(), 'position'))).toEqual([1, 2, 3, 4, 5, 6]);
  });
  test('by what is left: the best first, what has no price last and as it stands', () => {
    expect(numbers(ordered(kShelf, 'margin'))).toEqual([3, 1, 6, 2, 4, 5]);
  });
  test('by name: nameless ones last', () => {
    expect(numbers(ordered(kShelf, 'title'))).toEqual([4, 3, 6, 1, 2, 5]);
  });
  test('by verdict: what is worth buying first', () => {
    expect(numbers(ordered(kShelf, 'verdict'))).toEqual([3, 1, 6, 4, 5, 2]);
  });
  test('is filtered by all words, without accents, and by catalog number', () => {
    expect(numbers(filtered(kShelf, { words: 'debut bjork', looks: new Set() }))).toEqual([3]);
    expect(numbers(filtered(kShelf, { words: 'cat-6', looks: new Set() }))).toEqual([6]);
    expect(numbers(filtered(kShelf, { words: '', looks: new Set(['unread', 'buy']) }))).toEqual([2, 3]);
  });
  test('counts what it shows', () => {
    expect(Object.fromEntries(counted(kShelf))).toEqual({ perhaps: 1, unread: 1, buy: 1, maybe: 1, read: 1, known: 1 });
  });
});

describe('a disc', () => {
  test('is what its owner says it is', () => {
    const wrong = { ...kShelf[2], correction: { release_id: 7, text: 'Post' } } as Disc;
    expect([title_of(wrong), release_of(wrong)]).toEqual(['Post', 7]);
    const none = { ...kShelf[2], correction: { nothing: true } } as Disc;
    expect([look_of(none), release_of(none)]).toEqual(['back', null]);
  });
  test('has the release its price is of, else its likeliest pressing, else none', () => {
    expect(kShelf.map(release_of)).toEqual([201, null, 203, 104, null, 206]);
  });
});
