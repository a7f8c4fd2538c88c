// SPDX-License-Identifier: Apache-2.0
// A phone that opened the pairing link (…/#pair=TOKEN) exchanges the token for a cookie. The token is in
// the fragment, so it is in no log; it leaves the address at once, so it is in no history.
import { call } from '../api/client';
import { connection } from '../api/connection.svelte';
import { as_problem, type Problem } from '../api/problem';
import type { Device } from '../api/types';
import { go, pairing_token_of } from './route.svelte';
import { say } from './said.svelte';

class Pairing {
  state = $state<'none' | 'asking' | 'done' | 'refused'>('none');
  problem = $state.raw<Problem | null>(null);
  /** with its own token, for a Shortcut; kept in memory only */
  device = $state.raw<Device | null>(null);
}

export const pairing = new Pairing();

/** A name by which its owner knows this device in a list. */
export function device_name(agent: string): string {
  // In this order: an Android says that it is a Linux, too, and Chrome that it is a Safari.
  const named = (names: readonly string[]): string => names.find((one) => agent.includes(one)) ?? '';
  const system = named(['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'CrOS', 'Linux']) || 'Browser';
  const browser = named(['Firefox', 'Edg', 'SamsungBrowser', 'CriOS', 'Chrome', 'Safari']);
  const words: Record<string, string> = { Edg: 'Edge', CriOS: 'Chrome', SamsungBrowser: 'Samsung Internet', Macintosh: 'Mac', CrOS: 'Chromebook' };
  return [words[system] ?? system, words[browser] ?? browser].filter((word) => word !== '').join(', ');
}

export function start_pairing(): void {
  const token = pairing_token_of(location.hash);
  if (token === null) return;
  go('#dig', true);
  pairing.state = 'asking';
  call('post', '/api/session', { json: { token, name: device_name(navigator.userAgent) } })
    .then((device) => {
      pairing.device = device;
      pairing.state = 'done';
      connection.reach = 'there';
      say(`Paired as “${device.name}”.`);
    })
    .catch((error: unknown) => {
      pairing.problem = as_problem(error);
      pairing.state = 'refused';
    });
}
