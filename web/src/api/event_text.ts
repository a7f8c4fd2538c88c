// SPDX-License-Identifier: Apache-2.0
// Server-Sent Events out of a stream of text (the WHATWG's parsing rules, without `retry`).

export interface SentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

export class EventText {
  #rest = '';
  #id: string;
  #event = '';
  #data: string[] = [];

  constructor(last_id = '') {
    this.#id = last_id;
  }

  /** Takes the next piece of the stream; gives the events that are whole now. */
  take(piece: string): SentEvent[] {
    const found: SentEvent[] = [];
    const text = this.#rest + piece;
    let start = 0;
    for (;;) {
      const end = text.indexOf('\n', start);
      if (end < 0) break;
      this.#line(text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end), found);
      start = end + 1;
    }
    this.#rest = text.slice(start);
    return found;
  }

  #line(line: string, found: SentEvent[]): void {
    if (line === '') {
      if (this.#data.length > 0) {
        found.push({ id: this.#id, event: this.#event || 'message', data: this.#data.join('\n') });
      }
      this.#event = '';
      this.#data = [];
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return; // a heartbeat
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#event = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
  }
}
