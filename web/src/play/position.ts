// SPDX-License-Identifier: Apache-2.0
// Where the needle is now: it runs on by itself between what the server says.
import type { NowPlaying } from '../api/types';

/** Seconds into the track at `now` (milliseconds of the server's clock). */
export function position_at(playing: NowPlaying, now: number): number {
  const said = playing.at === undefined ? NaN : Date.parse(playing.at);
  // A clock that is off by minutes must not throw the needle about.
  const since = Number.isFinite(said) ? Math.min(Math.max(0, (now - said) / 1000), 60) : 0;
  const there = playing.position_s + since * (playing.speed ?? 1);
  return playing.duration_s > 0 ? Math.min(there, playing.duration_s) : there;
}

/** The number as it is printed on a label: A1. */
export function place_text(side: string | null | undefined, position: number | null | undefined): string {
  return `${side ?? ''}${position ?? ''}`;
}

/** The swing of the pitch, in percent. */
export function wow_percent(wow: NowPlaying['wow']): number | null {
  const peak = wow?.['peak_percent'];
  return typeof peak === 'number' ? peak : null;
}
