// SPDX-License-Identifier: Apache-2.0
// Whether Spindle answers, and what time it thinks it is.

export type Reach = 'there' | 'unreachable' | 'unpaired';

class Connection {
  reach = $state<Reach>('there');
  /** Spindle's clock minus this device's, milliseconds. */
  ahead = 0;
}

export const connection = new Connection();

export function noted_answer(reach: Reach, date: string | null = null): void {
  connection.reach = reach;
  const said = date === null ? NaN : Date.parse(date);
  // The header has whole seconds: half a second is the middle of what it may be. Small differences
  // are that, not the clocks'.
  if (Number.isFinite(said)) {
    const ahead = said + 500 - Date.now();
    connection.ahead = Math.abs(ahead) < 1500 ? 0 : ahead;
  }
}

export function server_now(): number {
  return Date.now() + connection.ahead;
}
