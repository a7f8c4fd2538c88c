// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { GradeDefinition, Grading } from '../api/types';
import { defect_near, defects_of, kinds_of, nearer, shifted } from './defects';
import { limits_met, placed, written } from './measures';

const grading = (measured: object, defects: object[] = []): Grading => ({ length_s: 60, graded: true, measured, defects }) as unknown as Grading;

/** As the server tells it, of two of the figures. */
const range = (grade: 'NM' | 'VG+' | 'VG', middle: number, best: number | null, worst: number | null) => ({ grade, middle, best, worst });
const definition: GradeDefinition = {
  figures: [
    { figure: 'noise_db', counted: false, weight: 0.35, ranges: [range('NM', -54, null, -50.5), range('VG+', -47, -50.5, -44), range('VG', -41, -44, null)] },
    { figure: 'clicks_per_minute', counted: true, weight: 0.35, ranges: [range('NM', 0.25, null, 1), range('VG+', 4, 1, 7.4833), range('VG', 14, 7.4833, null)] },
    { figure: 'from_a_newer_server', counted: false, weight: 0.1, ranges: [] },
  ],
  limits: [{ figure: 'off_centre_wow', from: 0.002, at_best: 'VG+' }, { figure: 'skips', from: 1, at_best: 'F' }],
};

describe('measures', () => {
  test('stand where the middles of the grades are', () => {
    const rows = placed(grading({ noise_db: -41, clicks_per_minute: 4 }), definition);
    expect(rows.map((row) => [row.key, row.steps, row.bands[row.here]?.grade])).toEqual([['noise_db', 2, 'VG'], ['clicks_per_minute', 1, 'VG+']]);
  });
  test('cross from one grade to the next at its border', () => {
    const at = (clicks: number) => placed(grading({ clicks_per_minute: clicks }), definition)[0];
    expect(at(1)?.steps).toBeCloseTo(0.5);
    expect(at(0.99)?.here).toBe(0);
    expect(at(1.01)?.here).toBe(1);
  });
  test('say what each grade allows as people read it', () => {
    const [noise, clicks] = placed(grading({ noise_db: -41.26, clicks_per_minute: 4 }), definition);
    expect(noise?.value).toBe('41');
    expect(noise?.bands.map((band) => band.words)).toEqual(['at least 51', '51 to 44', 'less than 44']);
    expect(clicks?.bands.map((band) => band.words)).toEqual(['up to 1', '1 to 7.5', 'more than 7.5']);
    expect(clicks?.bands.map((band) => band.border)).toEqual(['1', '7.5', '']);
  });
  test('stay on the scale', () => {
    const [noise, clicks] = placed(grading({ noise_db: -90, clicks_per_minute: 100000 }), definition);
    expect(noise?.steps).toBe(-0.5);
    expect(clicks?.steps).toBe(2.5);
    expect(placed(grading({ clicks_per_minute: 0 }), definition)[0]?.here).toBe(0);
  });
  test('that are not known are left out', () => {
    expect(placed(grading({ noise_db: -40, clicks_per_minute: null }), definition)).toHaveLength(1);
    expect(placed({ length_s: 1, graded: false } as Grading, definition)).toEqual([]);
  });
  test('that exclude a grade alone are told', () => {
    expect(limits_met(grading({ off_centre_wow: 0.0025, skips: 0 }), definition)).toEqual(['Off-centre hole: 0.25 % of wow; from 0.2 % on it is VG+ at best.']);
    expect(limits_met(grading({ skips: 2 }), definition)).toEqual(['2 skips: what skips is F at best.']);
    expect(limits_met(grading({ off_centre_wow: null }), definition)).toEqual([]);
  });
  test('are written with the digits that say something', () => {
    expect([0.25, 0.2, 1, 7.4833, 25.1, 141.4, -50.5, 0].map(written)).toEqual(['0.25', '0.2', '1', '7.5', '25', '141', '-51', '0']);
  });
});

describe('defects', () => {
  const all = defects_of(grading({}, [
    { kind: 'click', at_s: 9, level_db: -3, wall: 'left' }, { kind: 'crackle', at_s: 2, level_db: -25 }, { kind: 'click', at_s: 2.2, level_db: 0 },
  ]));
  test('come in order of time and are counted by kind', () => {
    expect(all.map((one) => one.at)).toEqual([2, 2.2, 9]);
    expect(kinds_of(all)).toEqual([['click', 2], ['crackle', 1]]);
  });
  test('of two as near a finger means the louder', () => {
    expect(defect_near(all, 2.1, 0.5)).toBe(1);
    expect(defect_near(all, 2.0, 0.15)).toBe(0);
    expect(defect_near(all, 5, 0.5)).toBe(-1);
  });
});

test('looking closer keeps the place and stays in the recording', () => {
  const seen = nearer({ from: 0, to: 60 }, 4, 30, 60);
  expect(seen).toEqual({ from: 22.5, to: 37.5 });
  expect(nearer(seen, 0.01, 30, 60)).toEqual({ from: 0, to: 60 });
  expect(nearer({ from: 0, to: 60 }, 1e9, 60, 60)).toEqual({ from: 59.9, to: 60 });
  expect(shifted(seen, 100, 60)).toEqual({ from: 45, to: 60 });
});
