// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { device_name } from './pairing.svelte';
import { pairing_token_of, route_of } from './route.svelte';

test('an address names a tab and what is in it', () => {
  expect(route_of('#dig/0123')).toEqual({ tab: 'dig', rest: ['0123'] });
  expect(route_of('#/grade/a+b')).toEqual({ tab: 'grade', rest: ['a+b'] });
  expect(route_of('')).toEqual({ tab: 'dig', rest: [] });
});
test('what is no address of the page is its beginning', () => {
  expect(route_of('#nowhere/x').tab).toBe('dig');
  expect(route_of('#dig/%E0%A4%A').rest).toEqual([]);
});
test('only a whole pairing link has a token', () => {
  expect(pairing_token_of('#pair=ab12_-')).toBe('ab12_-');
  expect(pairing_token_of('#pair=')).toBeNull();
  expect(pairing_token_of('#pair=a b')).toBeNull();
  expect(pairing_token_of('#dig/pair=ab')).toBeNull();
});
test('a device is called by what its owner knows it as', () => {
  expect(device_name('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1')).toBe('iPhone, Safari');
  expect(device_name('Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 Chrome/130 Mobile Safari/537')).toBe('Android, Chrome');
  expect(device_name('curl/8')).toBe('Browser');
});
