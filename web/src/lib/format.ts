// SPDX-License-Identifier: Apache-2.0
// Figures and times in words. English, as the rest of Spindle.

/** 3:07, 1:02:09 */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const s = String(whole % 60).padStart(2, '0');
  const m = Math.floor(whole / 60) % 60;
  const h = Math.floor(whole / 3600);
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** Dollars; the sign first, cents always (prices are compared by eye). */
export function dollars(amount: number): string {
  const rounded = Math.round(Math.abs(amount) * 100) / 100;
  return `${amount < 0 && rounded > 0 ? '−' : ''}$${rounded.toFixed(2)}`;
}

/** What is left: with a plus where something is. */
export function margin(amount: number): string {
  return amount >= 0.005 ? `+${dollars(amount)}` : dollars(amount);
}

/** 0.973 -> "97 %"; never 100 or 0 where it is not quite. */
export function percent(part: number): string {
  if (part > 0.995 && part < 1) return '> 99 %';
  if (part > 0 && part < 0.005) return '< 1 %';
  return `${Math.round(part * 100)} %`;
}

/** A ratio to the right speed: 1.008 -> "+0.80 %". */
export function speed_error(ratio: number): string {
  const off = (ratio - 1) * 100;
  return `${off < -0.004 ? '−' : off > 0.004 ? '+' : '±'}${Math.abs(off).toFixed(2)} %`;
}

/** "just now", "5 min ago", "3 h ago", "yesterday", "12 Mar 2026" */
export function ago(time: number, now: number): string {
  const seconds = (now - time) / 1000;
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  if (seconds < 2 * 86400) return 'yesterday';
  if (seconds < 14 * 86400) return `${Math.floor(seconds / 86400)} days ago`;
  return day(time);
}

const kDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const kMoment = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit',
});
const kMonth = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const kTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** "2026-07" -> "July 2026" */
export function month(text: string): string {
  const at = new Date(`${text}-15T12:00:00Z`);
  return Number.isNaN(at.getTime()) ? text : kMonth.format(at);
}

export const day = (time: number | string): string => kDay.format(new Date(time));
export const moment = (time: number | string): string => kMoment.format(new Date(time));
export const time_of_day = (time: number | string): string => kTime.format(new Date(time));

/** 5400 -> "1 h 30 min", 125 -> "2 min", 40 -> "40 s" */
export function lasting(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const h = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${h} h` : `${h} h ${minutes % 60} min`;
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

export function bytes(n: number): string {
  if (n < 1e6) return `${Math.max(1, Math.round(n / 1e3))} kB`;
  return n < 1e9 ? `${(n / 1e6).toFixed(n < 1e7 ? 1 : 0)} MB` : `${(n / 1e9).toFixed(1)} GB`;
}

/** Latin letters with and without accents, in one case: what somebody types should find it. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase();
}
