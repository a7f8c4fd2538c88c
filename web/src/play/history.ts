// SPDX-License-Identifier: Apache-2.0
// Plays by day for a plot: a bar for each day or, over a long time, for each week.
import type { Play, PlaysSummary } from '../api/types';

export interface Bar {
  /** first day of it, as YYYY-MM-DD */
  readonly from: string;
  readonly days: number;
  readonly plays: number;
  readonly seconds: number;
}

const kDay = 86_400_000;
const day_text = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The last `days` days until `today` (YYYY-MM-DD), those without plays, too. */
export function bars(days: PlaysSummary['days'], count: number, today: string): Bar[] {
  const width = count > 92 ? 7 : 1;
  const by_day = new Map(days.map((one) => [one.day, one]));
  const end = Date.parse(`${today}T00:00:00Z`);
  const found: Bar[] = [];
  const pieces = Math.ceil(count / width);
  for (let i = pieces - 1; i >= 0; --i) {
    const from = end - (i + 1) * width * kDay + kDay;
    let plays = 0;
    let seconds = 0;
    for (let k = 0; k < width; ++k) {
      const one = by_day.get(day_text(from + k * kDay));
      plays += one?.plays ?? 0;
      seconds += one?.played_s ?? 0;
    }
    found.push({ from: day_text(from), days: width, plays, seconds });
  }
  return found;
}

/** Plays of one sitting under its record: neighbours of the same album. */
export interface Sitting {
  readonly album: string;
  readonly artist: string;
  readonly plays: readonly Play[];
}

export function sittings(plays: readonly Play[]): Sitting[] {
  const found: { album: string; artist: string; plays: Play[] }[] = [];
  for (const play of plays) {
    const album = play.album ?? '';
    const last = found.at(-1);
    const before = last?.plays.at(-1);
    const near = before !== undefined && Math.abs(Date.parse(before.started) - Date.parse(play.started)) < 3 * 3600_000;
    if (last !== undefined && near && last.album === album && (album !== '' || last.artist === play.artist)) {
      last.plays.push(play);
      if (last.artist !== play.artist) last.artist = 'various';
    } else {
      found.push({ album, artist: play.artist, plays: [play] });
    }
  }
  return found;
}
