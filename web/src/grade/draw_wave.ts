// SPDX-License-Identifier: Apache-2.0
// Draws the sound of a side with its silent grooves, and below it each defect by how loud it is.
import type { Waveform } from '../api/types';
import { colour_of, is_silent, type Defect, type Span, type Stretch } from './defects';

export interface Drawing {
  readonly wave: Waveform | null;
  readonly spans: readonly Span[];
  readonly defects: readonly Defect[];
  readonly seen: Stretch;
  readonly chosen: number;
  /** what the samples are multiplied by, so that a quiet recording is seen, too */
  readonly gain: number;
  /** where it plays, or null */
  readonly playing: number | null;
}

/** Defects reach from the bottom line (-50 dB against the music) up to 10 dB. */
const kQuietest = -50;
const kLoudest = 10;

/** The page's colours by name, as a canvas takes them: what stands in the style sheet is light-dark(), which no canvas
 *  reads, so each is resolved once by wearing it. */
function colours_of(canvas: HTMLCanvasElement): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    let found = known.get(name);
    if (found === undefined) {
      canvas.style.color = `var(${name})`;
      found = getComputedStyle(canvas).color;
      known.set(name, found);
    }
    return found;
  };
}

export function draw(canvas: HTMLCanvasElement, drawing: Drawing): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);

  const colour = colours_of(canvas);
  const { seen } = drawing;
  const x_of = (time: number): number => ((time - seen.from) / (seen.to - seen.from)) * width;
  const split = Math.round(height * 0.58);

  context.fillStyle = colour('--groove');
  for (const span of drawing.spans) {
    if (is_silent(span.kind)) context.fillRect(x_of(span.from), 0, Math.max(1, x_of(span.to) - x_of(span.from)), split);
  }

  const { wave } = drawing;
  if (wave && wave.low.length > 0) {
    const step = (wave.to_s - wave.from_s) / wave.low.length;
    const middle = split / 2;
    const { gain } = drawing;
    const room = middle - 3;
    context.fillStyle = colour('--wave');
    const thick = Math.max(1 / ratio, (step / (seen.to - seen.from)) * width);
    for (let i = 0; i < wave.low.length; ++i) {
      const x = x_of(wave.from_s + i * step);
      if (x < -thick || x > width) continue;
      const top = middle - (wave.high[i] ?? 0) * gain * room;
      context.fillRect(x, top, thick, Math.max(1, middle - (wave.low[i] ?? 0) * gain * room - top));
    }
  }
  context.fillStyle = colour('--line-strong');
  context.fillRect(0, split, width, 1);
  context.fillRect(0, height - 1, width, 1);

  const room = height - split - 4;
  for (const [i, one] of drawing.defects.entries()) {
    const x = x_of(one.at);
    if (x < -2 || x > width + 2) continue;
    const part = (Math.min(kLoudest, Math.max(kQuietest + 3, one.level)) - kQuietest) / (kLoudest - kQuietest);
    const long = Math.max(i === drawing.chosen ? 3 : 1.5, x_of(one.at + one.length) - x);
    context.fillStyle = colour(colour_of(one.kind));
    context.fillRect(x - (i === drawing.chosen ? 1.5 : 0.75), height - 1 - part * room, long, part * room);
    if (i === drawing.chosen) {
      context.globalAlpha = 0.35;
      context.fillRect(x - 0.5, 0, 1, split);
      context.globalAlpha = 1;
    }
  }
  if (drawing.playing !== null) {
    context.fillStyle = colour('--accent');
    context.fillRect(x_of(drawing.playing) - 0.75, 0, 1.5, height);
  }
}
