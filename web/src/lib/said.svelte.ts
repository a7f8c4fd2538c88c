// SPDX-License-Identifier: Apache-2.0
// Short messages: shown for a while at the bottom, and read out by a screen reader.

export interface Said {
  readonly text: string;
  readonly bad: boolean;
}

class Messages {
  now = $state.raw<Said | null>(null);
  /** for ears only: what is seen on the page anyway */
  heard = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string, bad = false): void {
    clearTimeout(this.#timer);
    this.now = { text, bad };
    this.#timer = setTimeout(() => (this.now = null), bad ? 9000 : 4000);
  }

  hush(): void {
    this.now = null;
  }
}

export const messages = new Messages();
export const say = (text: string): void => messages.say(text);
export const complain = (error: unknown): void =>
  messages.say(error instanceof Error ? error.message : String(error), true);
export const read_out = (text: string): void => {
  messages.heard = text;
};
