// SPDX-License-Identifier: Apache-2.0
// The owner's copies, as they are looked for and ordered here.
import type { Copy } from '../api/types';
import { folded } from '../lib/format';

export const kColumns = ['artist', 'title', 'year', 'condition', 'value', 'plays', 'played', 'added'] as const;
export type Column = (typeof kColumns)[number];

export const kColumnWords: Readonly<Record<Column, string>> = {
  artist: 'Artist', title: 'Title', year: 'Year', condition: 'Condition', value: 'Value', plays: 'Plays',
  played: 'Last played', added: 'Added',
};

/** Goldmine's order, best first; what is not graded comes last. */
const kConditions = ['M', 'NM', 'VG+', 'VG', 'G+', 'G', 'F', 'P'];

/** "Very Good Plus (VG+)" -> "VG+" */
export function short_condition(text: string | undefined): string {
  const inside = /\(([^)]+)\)\s*$/.exec(text ?? '')?.[1] ?? text ?? '';
  return inside.replace(/ or .*$/, '').trim();
}

function rank(copy: Copy): number {
  const at = kConditions.indexOf(short_condition(copy.media_condition));
  return at < 0 ? kConditions.length : at;
}

const kWords = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** Which comes first; 0 where they are alike. What has no value stands at the end either way round. */
function compared(a: Copy, b: Copy, column: Column, down: boolean): number {
  const turn = down ? -1 : 1;
  const numbers = (x: number | null | undefined, y: number | null | undefined): number => {
    if (x == null || y == null) return Number(x == null) - Number(y == null);
    return turn * (x - y);
  };
  switch (column) {
    case 'artist':
      return turn * kWords.compare(a.artist, b.artist);
    case 'title':
      return turn * kWords.compare(a.title, b.title);
    case 'year':
      return numbers(a.year || null, b.year || null);
    case 'condition':
      return turn * (rank(a) - rank(b));
    case 'value':
      return numbers(a.value, b.value);
    case 'plays':
      return numbers(a.plays ?? 0, b.plays ?? 0);
    case 'played':
      return numbers(a.last_played ? Date.parse(a.last_played) : null, b.last_played ? Date.parse(b.last_played) : null);
    case 'added':
      return turn * (a.added ?? '').localeCompare(b.added ?? '');
  }
}

export function sorted(copies: readonly Copy[], column: Column, down: boolean): Copy[] {
  return [...copies].sort(
    (a, b) => compared(a, b, column, down) || kWords.compare(a.artist, b.artist) || kWords.compare(a.title, b.title),
  );
}

/** What a column is wanted from first: the most valuable, the newest; but names from A. */
export const begins_down = (column: Column): boolean =>
  column === 'value' || column === 'plays' || column === 'played' || column === 'added';

export interface Sought {
  readonly words: string;
  readonly folder: string;
  readonly condition: string;
  /** '' all, 'never' never played */
  readonly played: string;
}

export function found(copies: readonly Copy[], sought: Sought): Copy[] {
  const words = folded(sought.words).split(/\s+/).filter((word) => word !== '');
  return copies.filter((copy) => {
    if (sought.folder !== '' && (copy.folder ?? '') !== sought.folder) return false;
    if (sought.condition !== '' && short_condition(copy.media_condition) !== (sought.condition === 'none' ? '' : sought.condition)) return false;
    if (sought.played === 'never' && (copy.plays ?? 0) > 0) return false;
    if (words.length === 0) return true;
    const text = folded([copy.artist, copy.title, copy.label, copy.catalog_number, copy.notes, copy.format, copy.year].join(' '));
    return words.every((word) => text.includes(word));
  });
}

export interface Sum {
  readonly value: number;
  readonly unpriced: number;
}

export function worth_of(copies: readonly Copy[]): Sum {
  let value = 0;
  let unpriced = 0;
  for (const copy of copies) {
    if (typeof copy.value === 'number') value += copy.value;
    else unpriced += 1;
  }
  return { value, unpriced };
}

export function conditions_of(copies: readonly Copy[]): string[] {
  const there = new Set(copies.map((copy) => short_condition(copy.media_condition)));
  return [...kConditions.filter((one) => there.has(one)), ...[...there].filter((one) => one !== '' && !kConditions.includes(one))];
}
