// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { tracks_to_send } from './unknown';

test('where nothing is said the gaps decide', () => {
  expect(tracks_to_send(['', ' '], 2)).toEqual([]);
  expect(tracks_to_send([], 0)).toEqual([]);
});

test('titles and another number of tracks are sent, in order', () => {
  expect(tracks_to_send([' Dawn', ''], 2)).toEqual([{ title: 'Dawn' }, { title: '' }]);
  expect(tracks_to_send(['', '', ''], 2)).toHaveLength(3);
});
