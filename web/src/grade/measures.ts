// SPDX-License-Identifier: Apache-2.0
// What was measured against what is typical of each grade. The figures are those of docs/grading.md ("What a
// grade means here"); they are Spindle's own.
import type { Grading } from '../api/types';

/** Grades that sound can tell, best first. */
export const kGrades = ['NM', 'VG+', 'VG', 'G+', 'G', 'F', 'P'] as const;
export type Grade = (typeof kGrades)[number];

export const kGradeWords: Readonly<Record<Grade, string>> = {
  NM: 'Near Mint', 'VG+': 'Very Good Plus', VG: 'Very Good', 'G+': 'Good Plus', G: 'Good', F: 'Fair', P: 'Poor',
};

export interface Scale {
  readonly key: string;
  readonly name: string;
  readonly unit: string;
  /** the middle of each grade, in the order of kGrades */
  readonly middles: readonly number[];
  /** whether differences count as ratios (counts) or as they are (decibels) */
  readonly ratios: boolean;
  /** how the value of `measured` is turned to the figures above */
  readonly sign: 1 | -1;
  readonly digits: number;
}

export const kScales: readonly Scale[] = [
  { key: 'noise_db', name: 'Surface noise', unit: 'dB below the music', middles: [54, 47, 41, 35, 29, 23, 17], ratios: false, sign: -1, digits: 0 },
  { key: 'clicks_per_minute', name: 'Clicks', unit: 'a minute', middles: [0.25, 4, 14, 45, 100, 200, 320], ratios: true, sign: 1, digits: 1 },
  { key: 'crackles_per_second', name: 'Crackle', unit: 'ticks a second', middles: [0.2, 1, 3, 8, 20, 45, 90], ratios: true, sign: 1, digits: 1 },
  { key: 'wear_db', name: 'Distortion of worn walls', unit: 'dB against the music', middles: [-46, -40, -34, -28, -22, -16, -10], ratios: false, sign: 1, digits: 0 },
];

export interface Placed {
  readonly scale: Scale;
  readonly value: number;
  /** it is no more than this */
  readonly at_most: boolean;
  /** 0 at the middle of NM, 6 at that of P; up to half a grade beyond */
  readonly steps: number;
}

function steps_of(scale: Scale, value: number): number {
  const bent = (x: number): number => (scale.ratios ? Math.log(Math.max(x, 1e-3)) : x);
  const at = bent(value);
  const worse = Math.sign(bent(scale.middles[6] ?? 1) - bent(scale.middles[0] ?? 0));
  for (let i = 0; i < scale.middles.length - 1; ++i) {
    const a = bent(scale.middles[i] as number);
    const b = bent(scale.middles[i + 1] as number);
    const part = (at - a) / (b - a);
    if (part < 0 && i === 0) return Math.max(-0.5, part);
    if (part <= 1 || (i === scale.middles.length - 2 && worse !== 0)) return Math.min(6.5, i + part);
  }
  return 6.5;
}

/** The measures that there are, each with its place among the grades. */
export function placed(grading: Grading): Placed[] {
  const measured = (grading['measured'] ?? {}) as Readonly<Record<string, unknown>>;
  return kScales.flatMap((scale) => {
    const raw = measured[scale.key];
    if (typeof raw !== 'number') return [];
    const value = raw * scale.sign;
    return [{ scale, value, at_most: scale.key === 'noise_db' && measured['noise_at_most'] === true, steps: steps_of(scale, value) }];
  });
}

/** Of a place on the scale: the grade it falls into. */
export function grade_at(steps: number): Grade {
  return kGrades[Math.min(6, Math.max(0, Math.round(steps)))] as Grade;
}
