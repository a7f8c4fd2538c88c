// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { NowPlaying, Play } from '../api/types';
import { bars, sittings } from './history';
import { place_text, position_at, wow_percent } from './position';

describe('the needle', () => {
  const at = Date.UTC(2026, 10, 22, 10);
  const playing: NowPlaying = { artist: 'a', title: 't', at: new Date(at).toISOString(), position_s: 100, duration_s: 130, speed: 1.01 };
  test('runs on at the platter’s speed and stops at the end of the track', () => {
    expect(position_at(playing, at + 10_000)).toBeCloseTo(110.1);
    expect(position_at(playing, at + 50_000)).toBe(130);
  });
  test('is not thrown about by a wrong clock', () => {
    expect(position_at(playing, at - 3_600_000)).toBe(100);
    expect(position_at({ ...playing, at: undefined } as NowPlaying, at)).toBe(100);
  });
  test('is somewhere on the record', () => {
    expect(place_text('A', 1)).toBe('A1');
    expect(place_text(null, null)).toBe('');
    expect(wow_percent({ peak_percent: 0.14 })).toBe(0.14);
    expect(wow_percent(null)).toBeNull();
  });
});

describe('history', () => {
  const days = [{ day: '2026-11-20', plays: 3, played_s: 600 }, { day: '2026-11-22', plays: 1, played_s: 200 }, { day: '2025-01-01', plays: 50, played_s: 1 }];
  test('has a bar for each day, those without plays, too', () => {
    expect(bars(days, 4, '2026-11-22').map((bar) => [bar.from, bar.plays])).toEqual([
      ['2026-11-19', 0], ['2026-11-20', 3], ['2026-11-21', 0], ['2026-11-22', 1],
    ]);
  });
  test('over a year a bar for each week, and none is counted twice', () => {
    const year = bars(days, 365, '2026-11-22');
    expect(year).toHaveLength(53);
    expect(year.at(-1)).toMatchObject({ from: '2026-11-16', days: 7, plays: 4, seconds: 800 });
    expect(year.reduce((sum, bar) => sum + bar.plays, 0)).toBe(4);
  });
  test('plays of one sitting stand under their record', () => {
    const play = (album: string, minutes: number): Play => ({ album, artist: 'x', title: 't', played_s: 1, started: new Date(Date.UTC(2026, 1, 1, 20) - minutes * 60_000).toISOString() }) as Play;
    const found = sittings([play('A', 0), play('A', 5), play('B', 10), play('A', 15), play('A', 15 + 5 * 60)]);
    expect(found.map((one) => [one.album, one.plays.length])).toEqual([['A', 2], ['B', 1], ['A', 1], ['A', 1]]);
  });
});
