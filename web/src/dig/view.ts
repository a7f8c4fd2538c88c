// SPDX-License-Identifier: Apache-2.0
// What part of a photo is seen: zoom and pan, kept so that the photo never leaves its frame.
// A point p of the photo is drawn at p * scale + (x, y), in pixels of the frame.
import type { Point } from './geometry';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** Most pixels of the screen for one of the photo. */
const kMostScale = 4;

export function fit_scale(photo: Size, frame: Size): number {
  if (photo.width <= 0 || photo.height <= 0) return 1;
  return Math.min(frame.width / photo.width, frame.height / photo.height);
}

/** All of the photo, in the middle. */
export function fitted(photo: Size, frame: Size): View {
  return kept_in({ scale: fit_scale(photo, frame), x: 0, y: 0 }, photo, frame);
}

/** The nearest view that shows nothing beside the photo that could be shown with photo. */
export function kept_in(view: View, photo: Size, frame: Size): View {
  const least = fit_scale(photo, frame);
  const scale = Math.min(Math.max(view.scale, least), Math.max(kMostScale, least));
  const axis = (at: number, drawn: number, room: number): number =>
    drawn <= room ? (room - drawn) / 2 : Math.min(0, Math.max(room - drawn, at));
  return {
    scale,
    x: axis(view.x, photo.width * scale, frame.width),
    y: axis(view.y, photo.height * scale, frame.height),
  };
}

/** `factor` nearer; what is at `at` (pixels of the frame) stays there. */
export function zoomed(view: View, factor: number, at: Point, photo: Size, frame: Size): View {
  const least = fit_scale(photo, frame);
  const scale = Math.min(Math.max(view.scale * factor, least), Math.max(kMostScale, least));
  const by = scale / view.scale;
  return kept_in({ scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }, photo, frame);
}

export function moved(view: View, by: Point, photo: Size, frame: Size): View {
  return kept_in({ ...view, x: view.x + by.x, y: view.y + by.y }, photo, frame);
}

/** The view after two fingers went from `before` to `now`. */
export function pinched(
  view: View, before: readonly [Point, Point], now: readonly [Point, Point], photo: Size, frame: Size,
): View {
  const centre = ([a, b]: readonly [Point, Point]): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const spread = ([a, b]: readonly [Point, Point]): number => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
  const [from, to] = [centre(before), centre(now)];
  const after = zoomed(view, spread(now) / spread(before), from, photo, frame);
  return moved(after, { x: to.x - from.x, y: to.y - from.y }, photo, frame);
}

/** A view in which `box` (pixels of the photo) is seen; the same one if it is seen already. */
export function showing(view: View, box: { min: Point; max: Point }, photo: Size, frame: Size): View {
  const axis = (at: number, low: number, high: number, room: number): number => {
    const [a, b] = [low * view.scale + at, high * view.scale + at];
    if (a >= 0 && b <= room) return at;
    return room / 2 - ((low + high) / 2) * view.scale;
  };
  return kept_in(
    {
      scale: view.scale,
      x: axis(view.x, box.min.x, box.max.x, frame.width),
      y: axis(view.y, box.min.y, box.max.y, frame.height),
    },
    photo, frame,
  );
}

export function in_photo(view: View, at: Point): Point {
  return { x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale };
}
