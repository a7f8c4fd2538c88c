// SPDX-License-Identifier: Apache-2.0
// What a release cost each time somebody asked, made ready to be drawn.
import type { Quote } from '../api/types';

/** What is drawn, in this order; the names of figures are the server's. */
const kLines = [
  ['lowest', 'cheapest for sale'],
  ['sold_median', 'sold, median'],
  ['suggested_vg_plus', 'suggested, VG+'],
  ['suggested_nm', 'suggested, NM'],
] as const;

export interface Seen {
  /** milliseconds since 1970 */
  readonly at: number;
  /** null: none was for sale */
  readonly value: number | null;
}

export interface PriceLine {
  readonly figure: string;
  readonly label: string;
  readonly seen: readonly Seen[];
}

export interface PriceHistory {
  readonly currency: string;
  readonly lines: readonly PriceLine[];
  readonly from: number;
  readonly to: number;
  /** the top of the scale: a round number */
  readonly top: number;
  /** amounts in other currencies, which are not drawn */
  readonly others: number;
  /** the latest prices come from Discogs, which wants to be named */
  readonly newest: number;
}

/** The least of 1, 2, 2.5, 5 times a power of ten that is not below. */
export function round_top(highest: number): number {
  if (!(highest > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= highest * 0.999) ?? 10 * power;
}

/** Amounts in the currency of the newest one; null where no amount was ever seen. */
export function price_history(quotes: readonly Quote[], now: number): PriceHistory | null {
  const amounts = quotes.filter((one) => one.currency && kLines.some(([figure]) => figure === one.figure) && Date.parse(one.seen_at) <= now);
  const priced = amounts.filter((one) => typeof one.value === 'number').sort((a, b) => Date.parse(a.seen_at) - Date.parse(b.seen_at));
  const newest = priced.at(-1);
  if (newest?.currency == null) return null;
  const currency = newest.currency;
  const lines = kLines.flatMap(([figure, label]) => {
    const seen = amounts
      .filter((one) => one.figure === figure && one.currency === currency)
      .map((one) => ({ at: Date.parse(one.seen_at), value: one.value ?? null }))
      .sort((a, b) => a.at - b.at);
    return seen.some((one) => one.value !== null) ? [{ figure, label, seen }] : [];
  });
  const all = lines.flatMap((line) => line.seen);
  return {
    currency, lines,
    from: Math.min(...all.map((one) => one.at)),
    to: now,
    top: round_top(Math.max(...all.map((one) => one.value ?? 0))),
    others: priced.filter((one) => one.currency !== currency).length,
    newest: Math.max(...all.map((one) => one.at)),
  };
}

/** Where a moment and an amount lie in a box of this size. */
export function place(history: PriceHistory, seen: Seen, width: number, height: number): readonly [number, number] {
  const span = Math.max(1, history.to - history.from);
  return [((seen.at - history.from) / span) * width, height * (1 - (seen.value ?? 0) / history.top)];
}

/** A line as an SVG path, broken where there was nothing. */
export function path_of(history: PriceHistory, line: PriceLine, width: number, height: number): string {
  let path = '';
  let drawing = false;
  for (const seen of line.seen) {
    if (seen.value !== null) {
      const [x, y] = place(history, seen, width, height);
      path += `${drawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    }
    drawing = seen.value !== null;
  }
  return path;
}

/** An amount in its own currency: "$4.20", "€4.20", "4.20 SEK". */
export function amount(value: number, currency: string): string {
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(value);
}
