// SPDX-License-Identifier: Apache-2.0
// Defects and stretches of a grading, as the page shows them.
import type { Grading } from '../api/types';

export interface Defect {
  readonly kind: string;
  readonly at: number;
  readonly length: number;
  readonly wall: string;
  /** against the music, decibels */
  readonly level: number;
}

export interface Span {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
}

const number = (value: unknown, otherwise = 0): number => (typeof value === 'number' ? value : otherwise);

export function defects_of(grading: Grading): Defect[] {
  return (grading.defects ?? [])
    .map((one) => ({
      kind: String(one['kind'] ?? ''), at: number(one['at_s']), length: number(one['length_s']),
      wall: String(one['wall'] ?? ''), level: number(one['level_db'], -50),
    }))
    .sort((a, b) => a.at - b.at);
}

export function spans_of(grading: Grading): Span[] {
  return (grading.spans ?? []).map((one) => ({ kind: String(one['kind'] ?? ''), from: number(one['from_s']), to: number(one['to_s']) }));
}

/** Grooves without music: what tells most about the surface. */
export const is_silent = (kind: string): boolean => kind === 'lead-in' || kind === 'gap' || kind === 'run-out';

/** The CSS property its kind is drawn in. */
export function colour_of(kind: string): string {
  return kind === 'click' || kind === 'crackle' || kind === 'thump' ? `--${kind}` : '--other';
}

export function kinds_of(defects: readonly Defect[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const one of defects) counts.set(one.kind, (counts.get(one.kind) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** The one a finger at `time` means, within `reach` seconds; the louder of two as near. -1: none. */
export function defect_near(defects: readonly Defect[], time: number, reach: number): number {
  let best = -1;
  let least = Infinity;
  for (const [i, one] of defects.entries()) {
    const away = Math.abs(one.at - time);
    if (away > reach) continue;
    const cost = away / reach - one.level / 60;
    if (cost < least) {
      least = cost;
      best = i;
    }
  }
  return best;
}

/** Seconds of a recording that are seen. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** `by` nearer around `at`, never less than a tenth of a second or beyond the ends. */
export function nearer(seen: Stretch, by: number, at: number, length: number): Stretch {
  const width = Math.min(length, Math.max(0.1, (seen.to - seen.from) / by));
  const part = (at - seen.from) / (seen.to - seen.from);
  const from = Math.min(Math.max(0, at - part * width), length - width);
  return { from, to: from + width };
}

export function shifted(seen: Stretch, seconds: number, length: number): Stretch {
  const width = seen.to - seen.from;
  const from = Math.min(Math.max(0, seen.from + seconds), length - width);
  return { from, to: from + width };
}
