// SPDX-License-Identifier: Apache-2.0
// What was measured against what each grade allows. What that is the server says (/api/grades); here stands only how
// figures are called and written.
import type { GradeDefinition, Grading } from '../api/types';

/** Grades that sound can tell, best first. */
export const kGrades = ['NM', 'VG+', 'VG', 'G+', 'G', 'F', 'P'] as const;
export type Grade = (typeof kGrades)[number];

export const kGradeWords: Readonly<Record<Grade, string>> = {
  NM: 'Near Mint', 'VG+': 'Very Good Plus', VG: 'Very Good', 'G+': 'Good Plus', G: 'Good', F: 'Fair', P: 'Poor',
};

interface Words {
  readonly name: string;
  readonly unit: string;
  /** how the value of `measured` is turned to what people read: noise is told as what lies below the music */
  readonly sign: 1 | -1;
}

const kWords: Readonly<Record<string, Words>> = {
  noise_db: { name: 'Surface noise', unit: 'dB below the music', sign: -1 },
  clicks_per_minute: { name: 'Clicks', unit: 'a minute', sign: 1 },
  crackles_per_second: { name: 'Crackle', unit: 'ticks a second', sign: 1 },
  wear_db: { name: 'Distortion of worn walls', unit: 'dB against the music', sign: 1 },
};

type Figure = GradeDefinition['figures'][number];
type Range = Figure['ranges'][number];

export interface Band {
  readonly grade: string;
  /** "up to 1", "1 to 7.5", "more than 253" */
  readonly words: string;
  /** where it ends towards the worse, as it is read; empty for the last */
  readonly border: string;
}

export interface Placed {
  readonly key: string;
  readonly name: string;
  readonly unit: string;
  readonly value: string;
  /** it is no more than this */
  readonly at_most: boolean;
  /** 0 at the middle of the best grade, 6 at that of the worst; up to half a grade beyond */
  readonly steps: number;
  /** the band it falls into */
  readonly here: number;
  readonly bands: readonly Band[];
}

/** As many digits as say something: 0.25, 7.5, 25, 141. */
export function written(value: number): string {
  const size = Math.abs(value);
  return size >= 20 || Number.isInteger(value) ? value.toFixed(0) : size >= 1 ? value.toFixed(1).replace(/\.0$/, '') : value.toFixed(2).replace(/0$/, '');
}

function steps_of(figure: Figure, value: number): number {
  const bent = (x: number): number => (figure.counted ? Math.log(Math.max(x, 1e-3)) : x);
  const last = figure.ranges.length - 1;
  const at = bent(value);
  for (let i = 0; i < last; ++i) {
    const here = bent((figure.ranges[i] as Range).middle);
    const next = bent((figure.ranges[i + 1] as Range).middle);
    const part = (at - here) / (next - here);
    if (part <= 1 || i === last - 1) return Math.min(last + 0.5, Math.max(-0.5, i + part));
  }
  return last + 0.5;
}

function bands_of(figure: Figure, words: Words): Band[] {
  const told = (value: number): string => written(value * words.sign);
  const [better, worse] = words.sign > 0 ? ['up to ', 'more than '] : ['at least ', 'less than '];
  return figure.ranges.map(({ grade, best, worst }) => ({
    grade,
    border: worst === null ? '' : told(worst),
    words: best === null && worst !== null ? better + told(worst) : worst === null && best !== null ? worse + told(best) : `${told(best ?? 0)} to ${told(worst ?? 0)}`,
  }));
}

/** The measures that there are, each with its place among the grades. */
export function placed(grading: Grading, definition: GradeDefinition): Placed[] {
  const measured = (grading['measured'] ?? {}) as Readonly<Record<string, unknown>>;
  return definition.figures.flatMap((figure) => {
    const raw = measured[figure.figure];
    const words = kWords[figure.figure];
    if (typeof raw !== 'number' || words === undefined || figure.ranges.length < 2) return [];
    const steps = steps_of(figure, raw);
    return [{
      key: figure.figure, name: words.name, unit: words.unit,
      value: written(Math.round(raw * words.sign * 10) / 10),
      at_most: figure.figure === 'noise_db' && measured['noise_at_most'] === true,
      steps,
      here: Math.min(figure.ranges.length - 1, Math.max(0, Math.round(steps))),
      bands: bands_of(figure, words),
    }];
  });
}

/** What excludes better grades whatever the rest, where it was measured: "Off-centre hole: 0.25 % of wow (from 0.2 % on VG+ at best)". */
export function limits_met(grading: Grading, definition: GradeDefinition): string[] {
  const measured = (grading['measured'] ?? {}) as Readonly<Record<string, unknown>>;
  return definition.limits.flatMap(({ figure, from, at_best }) => {
    const value = measured[figure];
    if (typeof value !== 'number' || value < from) return [];
    if (figure === 'off_centre_wow') return [`Off-centre hole: ${written(value * 100)} % of wow; from ${written(from * 100)} % on it is ${at_best} at best.`];
    if (figure === 'skips') return [`${value === 1 ? 'One skip' : `${written(value)} skips`}: what skips is ${at_best} at best.`];
    return figure === 'clicks_per_minute' ? [`From ${written(from)} click a minute on it is ${at_best} at best.`] : [];
  });
}
