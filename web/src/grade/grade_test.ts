// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Grading } from '../api/types';
import { defect_near, defects_of, kinds_of, nearer, shifted } from './defects';
import { grade_at, placed } from './measures';

const grading = (measured: object, defects: object[] = []): Grading => ({ length_s: 60, graded: true, measured, defects }) as unknown as Grading;

describe('measures', () => {
  test('stand where the typical figures of each grade are', () => {
    const rows = placed(grading({ noise_db: -41, clicks_per_minute: 4, crackles_per_second: 90, wear_db: -46 }));
    expect(rows.map((row) => [row.scale.key, row.steps])).toEqual([
      ['noise_db', 2], ['clicks_per_minute', 1], ['crackles_per_second', 6], ['wear_db', 0],
    ]);
    expect(rows.map((row) => grade_at(row.steps))).toEqual(['VG', 'VG+', 'P', 'NM']);
  });
  test('stay on the scale', () => {
    const [noise, clicks] = placed(grading({ noise_db: -90, clicks_per_minute: 100000 }));
    expect(noise?.steps).toBe(-0.5);
    expect(clicks?.steps).toBe(6.5);
    expect(grade_at(placed(grading({ clicks_per_minute: 0 }))[0]?.steps ?? 9)).toBe('NM');
  });
  test('that are not known are left out', () => {
    expect(placed(grading({ noise_db: -40, wear_db: null }))).toHaveLength(1);
    expect(placed({ length_s: 1, graded: false } as Grading)).toEqual([]);
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
