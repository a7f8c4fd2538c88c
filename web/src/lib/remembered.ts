// SPDX-License-Identifier: Apache-2.0
// Lists as they were last seen, so that a phone without a line still shows something. Never more
// than that: a list that is kept says when it was seen, and nothing is sent from it.

export interface Remembered<T> {
  readonly at: number;
  readonly value: T;
}

const kMost = 400_000; // characters; a browser keeps some five million

export function remember(name: string, value: unknown): void {
  try {
    const text = JSON.stringify({ at: Date.now(), value });
    if (text.length <= kMost) localStorage.setItem(`spindle.seen.${name}`, text);
    else localStorage.removeItem(`spindle.seen.${name}`);
  } catch {
    // full or forbidden: then it is not remembered
  }
}

export function remembered<T>(name: string): Remembered<T> | null {
  try {
    const text = localStorage.getItem(`spindle.seen.${name}`);
    return text === null ? null : (JSON.parse(text) as Remembered<T>);
  } catch {
    return null;
  }
}

export function forget_all(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith('spindle.seen.')) localStorage.removeItem(key);
  }
}
