// SPDX-License-Identifier: Apache-2.0
// Outlines of spines in pixels of the photo.
import type { Quad } from '../api/types';

export interface Point {
  readonly x: number;
  readonly y: number;
}

const corners = (quad: Quad): Point[] => quad.map(([x = 0, y = 0]) => ({ x, y }));

export function points_text(quad: Quad): string {
  return corners(quad).map(({ x, y }) => `${x},${y}`).join(' ');
}

export function middle(quad: Quad): Point {
  const all = corners(quad);
  return {
    x: all.reduce((sum, p) => sum + p.x, 0) / all.length,
    y: all.reduce((sum, p) => sum + p.y, 0) / all.length,
  };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** The mean length of the two shorter sides that face each other. */
export function thickness(quad: Quad): number {
  const [a, b, c, d] = corners(quad) as [Point, Point, Point, Point];
  return Math.min((distance(a, b) + distance(c, d)) / 2, (distance(b, c) + distance(d, a)) / 2);
}

/** Whether `at` lies in the outline (corners in order, either way round). */
export function is_inside(quad: Quad, at: Point): boolean {
  const all = corners(quad);
  let sign = 0;
  for (const [i, a] of all.entries()) {
    const b = all[(i + 1) % all.length] as Point;
    const cross = (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x);
    if (cross === 0) continue;
    if (sign !== 0 && Math.sign(cross) !== sign) return false;
    sign = Math.sign(cross);
  }
  return true;
}

/** How far `at` is from the outline's nearest edge; 0 inside. */
export function distance_to(quad: Quad, at: Point): number {
  if (is_inside(quad, at)) return 0;
  const all = corners(quad);
  let least = Infinity;
  for (const [i, a] of all.entries()) {
    const b = all[(i + 1) % all.length] as Point;
    const length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
    const t = length === 0 ? 0 : ((at.x - a.x) * (b.x - a.x) + (at.y - a.y) * (b.y - a.y)) / length;
    const along = Math.min(1, Math.max(0, t));
    least = Math.min(least, distance(at, { x: a.x + along * (b.x - a.x), y: a.y + along * (b.y - a.y) }));
  }
  return least;
}

/** Which of `quads` a finger at `at` means: the one it is in or nearest to, within `reach`; -1: none. */
export function nearest(quads: readonly Quad[], at: Point, reach: number): number {
  let best = -1;
  let least = reach;
  let from_middle = Infinity;
  for (const [i, quad] of quads.entries()) {
    const away = distance_to(quad, at);
    const off = distance(middle(quad), at);
    if (away < least || (away === least && away <= reach && off < from_middle)) {
      best = i;
      least = away;
      from_middle = off;
    }
  }
  return best;
}

/** Outlines found that no disc stands for yet. */
export function uncovered(found: readonly Quad[], discs: readonly Quad[]): Quad[] {
  const known = discs.map((quad) => ({ at: middle(quad), reach: Math.max(4, 0.4 * thickness(quad)) }));
  return found.filter((quad) => {
    const at = middle(quad);
    return !known.some((one) => distance(one.at, at) <= one.reach);
  });
}
