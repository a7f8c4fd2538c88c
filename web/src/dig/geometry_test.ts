// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Quad } from '../api/types';
import { distance_to, is_inside, middle, nearest, thickness, uncovered } from './geometry';
import { fit_scale, fitted, in_photo, kept_in, moved, pinched, showing, zoomed } from './view';

const quad = (...points: number[][]): Quad => points as unknown as Quad;
const upright = quad([10, 0], [20, 0], [20, 100], [10, 100]);
const slanted = quad([845.7, 502.3], [179.9, 1594.6], [94.9, 1552.3], [770.2, 465.5]);

describe('outlines', () => {
  test('are hit inside, either way round', () => {
    expect(is_inside(upright, { x: 15, y: 50 })).toBe(true);
    expect(is_inside(quad([10, 100], [20, 100], [20, 0], [10, 0]), { x: 15, y: 50 })).toBe(true);
    expect(is_inside(upright, { x: 21, y: 50 })).toBe(false);
    expect(is_inside(slanted, middle(slanted))).toBe(true);
    expect(is_inside(slanted, { x: 200, y: 500 })).toBe(false);
  });
  test('are as thick as their shorter side', () => {
    expect(thickness(upright)).toBe(10);
    expect(thickness(slanted)).toBeGreaterThan(80);
    expect(thickness(slanted)).toBeLessThan(100);
  });
  test('a finger beside one still means it, the nearer of two', () => {
    const right = quad([24, 0], [30, 0], [30, 100], [24, 100]);
    expect(nearest([upright, right], { x: 23, y: 5 }, 8)).toBe(1);
    expect(nearest([upright, right], { x: 21, y: 5 }, 8)).toBe(0);
    expect(nearest([upright, right], { x: 60, y: 5 }, 8)).toBe(-1);
    expect(distance_to(upright, { x: 13, y: 110 })).toBeCloseTo(10);
  });
  test('found ones vanish below the discs that stand for them', () => {
    expect(uncovered([upright, slanted], [quad([11, 1], [21, 1], [21, 99], [11, 99])])).toEqual([slanted]);
  });
});

describe('the view of a photo', () => {
  const photo = { width: 4000, height: 3000 };
  const frame = { width: 360, height: 270 };

  test('begins with all of it', () => {
    expect(fitted(photo, frame)).toEqual({ scale: 0.09, x: 0, y: 0 });
    expect(fitted(photo, { width: 360, height: 500 }).y).toBeCloseTo(115);
  });
  test('zooms where the finger is', () => {
    const at = { x: 100, y: 80 };
    const before = fitted(photo, frame);
    const view = zoomed(before, 3, at, photo, frame);
    expect(in_photo(view, at).x).toBeCloseTo(in_photo(before, at).x);
    expect(in_photo(view, at).y).toBeCloseTo(in_photo(before, at).y);
  });
  test('never leaves the photo, never gets smaller than it or larger than four pixels for one', () => {
    const view = zoomed(fitted(photo, frame), 5, { x: 0, y: 0 }, photo, frame);
    const far = moved(view, { x: 99999, y: -99999 }, photo, frame);
    expect(far.x).toBe(0);
    expect(far.y).toBeCloseTo(frame.height - photo.height * view.scale);
    expect(zoomed(view, 1e-9, { x: 9, y: 9 }, photo, frame).scale).toBe(fit_scale(photo, frame));
    expect(zoomed(view, 1e9, { x: 9, y: 9 }, photo, frame).scale).toBe(4);
  });
  test('two fingers keep what they hold', () => {
    const before = zoomed(fitted(photo, frame), 4, { x: 180, y: 135 }, photo, frame);
    const from = [{ x: 140, y: 135 }, { x: 220, y: 135 }] as const;
    const to = [{ x: 120, y: 140 }, { x: 280, y: 140 }] as const;
    const view = pinched(before, from, to, photo, frame);
    expect(view.scale).toBeCloseTo(before.scale * 2);
    expect(in_photo(view, { x: 200, y: 140 }).x).toBeCloseTo(in_photo(before, { x: 180, y: 135 }).x);
  });
  test('goes to a box only when it is out of sight', () => {
    const view = zoomed(fitted(photo, frame), 5, { x: 0, y: 0 }, photo, frame);
    const here = { min: { x: 10, y: 10 }, max: { x: 60, y: 200 } };
    expect(showing(view, here, photo, frame)).toEqual(kept_in(view, photo, frame));
    const there = showing(view, { min: { x: 3000, y: 2000 }, max: { x: 3050, y: 2200 } }, photo, frame);
    expect(3025 * there.scale + there.x).toBeCloseTo(180);
  });
  test('is harmless before anything has a size', () => {
    expect(fitted({ width: 0, height: 0 }, frame).scale).toBe(1);
  });
});
