// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { track_said, tracks_to_send } from './unknown';

test('where nothing is said the gaps decide', () => {
  expect(tracks_to_send(['', ' '], 2)).toEqual([]);
  expect(tracks_to_send([], 0)).toEqual([]);
});

test('a time behind a title says where it begins', () => {
  expect(track_said('Noon @3:25')).toEqual({ title: 'Noon', begins_s: 205 });
  expect(track_said('Noon@1:02:03 ')).toEqual({ title: 'Noon', begins_s: 3723 });
  expect(track_said('@0:05')).toEqual({ title: '', begins_s: 5 });
  expect(track_said('Love @ First Sight')).toEqual({ title: 'Love @ First Sight' });
  expect(track_said('7 @3:75')).toEqual({ title: '7 @3:75' });
});

test('titles and another number of tracks are sent, in order', () => {
  expect(tracks_to_send([' Dawn', ''], 2)).toEqual([{ title: 'Dawn' }, { title: '' }]);
  expect(tracks_to_send(['', '', ''], 2)).toHaveLength(3);
});
