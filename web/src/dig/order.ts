// SPDX-License-Identifier: Apache-2.0
// The list of discs, in the order and with the ones that are asked for.
import type { Disc } from '../api/types';
import { folded } from '../lib/format';
import { artist_of, best_of, kLooks, look_of, title_of, type Look } from './verdict';

export const kOrders = ['position', 'margin', 'title', 'verdict'] as const;
export type Order = (typeof kOrders)[number];

export const kOrderWords: Readonly<Record<Order, string>> = {
  position: 'as they stand',
  margin: 'what is left',
  title: 'artist, title',
  verdict: 'verdict',
};

const kWords = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

function margin_of(disc: Disc): number {
  return disc.worth?.blocked ? -Infinity : (disc.worth?.margin ?? -Infinity);
}

/** Ties stay as they stand on the shelf. */
export function ordered(discs: readonly Disc[], order: Order): Disc[] {
  const by = [...discs].sort((a, b) => a.number - b.number);
  switch (order) {
    case 'position':
      return by;
    case 'margin':
      return by.sort((a, b) => {
        const x = margin_of(a);
        const y = margin_of(b);
        return x === y ? 0 : y > x ? 1 : -1;
      });
    case 'title':
      return by.sort((a, b) => {
        // What has no name comes last.
        const named = Number(artist_of(b) !== '') - Number(artist_of(a) !== '');
        return named || kWords.compare(artist_of(a), artist_of(b)) || kWords.compare(title_of(a), title_of(b));
      });
    case 'verdict':
      return by.sort((a, b) => kLooks.indexOf(look_of(a)) - kLooks.indexOf(look_of(b)));
  }
}

export interface Wanted {
  /** words, all of which are in what was read, the title, the artist or a number */
  readonly words: string;
  readonly looks: ReadonlySet<Look>;
}

function text_of(disc: Disc): string {
  const numbers = best_of(disc)?.pressings?.flatMap((pressing) => [...(pressing.numbers ?? [])]) ?? [];
  return folded([String(disc.number), disc.text, artist_of(disc), title_of(disc), ...numbers].join(' '));
}

export function filtered(discs: readonly Disc[], wanted: Wanted): Disc[] {
  const words = folded(wanted.words).split(/\s+/).filter((word) => word !== '');
  return discs.filter((disc) => {
    if (wanted.looks.size > 0 && !wanted.looks.has(look_of(disc))) return false;
    if (words.length === 0) return true;
    const text = text_of(disc);
    return words.every((word) => text.includes(word));
  });
}

export function counted(discs: readonly Disc[]): ReadonlyMap<Look, number> {
  const counts = new Map<Look, number>();
  for (const disc of discs) counts.set(look_of(disc), (counts.get(look_of(disc)) ?? 0) + 1);
  return counts;
}
