// SPDX-License-Identifier: Apache-2.0
// What a disc is shown as: the verdict of the scan, and what it is worth where that is known. Colours and
// words are those of docs/scan.md.
import type { Candidate, Disc } from '../api/types';

export const kLooks = ['buy', 'perhaps', 'known', 'maybe', 'read', 'unread', 'back'] as const;
export type Look = (typeof kLooks)[number];

export const kLookWords: Readonly<Record<Look, string>> = {
  buy: 'worth buying',
  perhaps: 'perhaps worth it',
  known: 'known',
  maybe: 'uncertain',
  read: 'not in the catalog',
  unread: 'not legible',
  back: 'back of a case',
};

export function look_of(disc: Disc): Look {
  if (disc.correction?.nothing) return 'back';
  if (disc.verdict === 'known' && disc.worth?.advice === 'buy') return 'buy';
  if ((disc.verdict === 'known' || disc.verdict === 'maybe') && disc.worth?.advice === 'maybe') return 'perhaps';
  return disc.verdict;
}

export function best_of(disc: Disc): Candidate | null {
  return disc.candidates?.[0] ?? null;
}

/** A disc that has a name, however sure. */
export function is_named(disc: Disc): boolean {
  return (disc.verdict === 'known' || disc.verdict === 'maybe') && best_of(disc) !== null;
}

/** The release to add, to open, to ask about: the owner's word first, then the likeliest pressing. */
export function release_of(disc: Disc): number | null {
  if (disc.correction?.nothing) return null;
  if (disc.correction?.release_id) return disc.correction.release_id;
  if (disc.worth?.release_id) return disc.worth.release_id;
  return is_named(disc) ? (best_of(disc)?.pressings?.[0]?.release_id ?? null) : null;
}

export function title_of(disc: Disc): string {
  if (disc.correction?.text) return disc.correction.text;
  const best = best_of(disc);
  if (best !== null && is_named(disc)) return best.title;
  return disc.text !== '' ? disc.text : disc.verdict === 'back' ? 'The back of a case' : 'No legible word';
}

export function artist_of(disc: Disc): string {
  return is_named(disc) && !disc.correction?.text ? (best_of(disc)?.artist ?? '') : '';
}
