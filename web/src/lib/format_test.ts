// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { ago, bytes, clock, count, dollars, folded, lasting, margin, percent, speed_error } from './format';

describe('figures in words', () => {
  test('times', () => {
    expect(clock(187.9)).toBe('3:07');
    expect(clock(3729)).toBe('1:02:09');
    expect(clock(-3)).toBe('0:00');
    expect(lasting(40)).toBe('40 s');
    expect(lasting(5400)).toBe('1 h 30 min');
    expect(lasting(7200)).toBe('2 h');
  });
  test('amounts have their sign first and cents always', () => {
    expect(dollars(6.5)).toBe('$6.50');
    expect(dollars(-0.5)).toBe('−$0.50');
    expect(dollars(-0.001)).toBe('$0.00');
    expect(margin(10.1)).toBe('+$10.10');
    expect(margin(-2)).toBe('−$2.00');
  });
  test('nearly certain is not certain', () => {
    expect(percent(1)).toBe('100 %');
    expect(percent(0.999)).toBe('> 99 %');
    expect(percent(0.001)).toBe('< 1 %');
    expect(percent(0)).toBe('0 %');
    expect(percent(0.731)).toBe('73 %');
  });
  test('the speed of a platter', () => {
    expect(speed_error(1.008)).toBe('+0.80 %');
    expect(speed_error(0.996)).toBe('−0.40 %');
    expect(speed_error(1)).toBe('±0.00 %');
  });
  test('how long ago', () => {
    const now = Date.UTC(2026, 10, 22, 12);
    expect(ago(now - 30_000, now)).toBe('just now');
    expect(ago(now - 5 * 60_000, now)).toBe('5 min ago');
    expect(ago(now - 30 * 3600_000, now)).toBe('yesterday');
    expect(ago(Date.UTC(2026, 2, 12, 12), now)).toBe('12 Mar 2026');
  });
  test('counts and sizes', () => {
    expect(count(1, 'disc')).toBe('1 disc');
    expect(count(1050456, 'release')).toBe('1,050,456 releases');
    expect(count(2, 'copy', 'copies')).toBe('2 copies');
    expect(bytes(3_400_000)).toBe('3.4 MB');
    expect(bytes(120)).toBe('1 kB');
  });
  test('what is typed without accents finds what has them', () => {
    expect(folded('Björk – Début')).toBe(folded('BJORK – debut'));
  });
});
