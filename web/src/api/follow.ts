// SPDX-License-Identifier: Apache-2.0
// Follows a stream of events through lost lines, sleeping phones and restarts of the server.
// EventSource cannot begin at an event it has not seen itself, so this reads the stream with fetch.
import { EventText, type SentEvent } from './event_text';
import { Problem, as_problem } from './problem';
import { send } from './client';

export interface Follower {
  /** Events in order, as many as arrived together. Returns true when nothing more will come. */
  events(batch: readonly SentEvent[]): boolean | void;
  /** The line is there (true) or is being mended (false). */
  line?(connected: boolean): void;
  /** It will not work: the thing is gone, or this device may not see it. */
  over?(problem: Problem): void;
}

// The server sends a comment each 15 s. Twice that and some more without one: nobody is there.
const kSilence = 40_000;
const kFirstPause = 500;
const kLongestPause = 15_000;

/** Returns what stops it. */
export function follow(url: string, follower: Follower, last_id = ''): () => void {
  let stopped = false;
  let last = last_id;
  let pause = kFirstPause;
  let attempt = new AbortController();
  let wake = (): void => {};

  const read = async (): Promise<boolean> => {
    attempt = new AbortController();
    const one = attempt;
    let heard = Date.now();
    const watch = setInterval(() => {
      if (Date.now() - heard > kSilence) one.abort();
    }, 5_000);
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream' };
      if (last !== '') headers['Last-Event-ID'] = last;
      const response = await send(url, { headers, signal: one.signal, cache: 'no-store' });
      if (!response.body) return false;
      follower.line?.(true);
      pause = kFirstPause;
      const text = new EventText(last);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done || stopped) return false;
        heard = Date.now();
        const batch = text.take(value);
        if (batch.length === 0) continue;
        last = batch[batch.length - 1]?.id ?? last;
        if (follower.events(batch) === true) {
          one.abort();
          return true;
        }
      }
    } finally {
      clearInterval(watch);
    }
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      try {
        if (await read()) return;
      } catch (error) {
        const problem = as_problem(error);
        if (!stopped && [400, 401, 403, 404, 410].includes(problem.status)) {
          follower.over?.(problem);
          return;
        }
      }
      if (stopped) return;
      follower.line?.(false);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause * (0.75 + Math.random() / 2));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      pause = Math.min(pause * 2, kLongestPause);
    }
  };

  // A phone that wakes or finds its network again should not wait for the pause to pass.
  const awake = (): void => {
    if (document.visibilityState === 'visible') {
      pause = kFirstPause;
      wake();
    }
  };
  addEventListener('online', awake);
  document.addEventListener('visibilitychange', awake);
  void run();
  return () => {
    stopped = true;
    removeEventListener('online', awake);
    document.removeEventListener('visibilitychange', awake);
    attempt.abort();
    wake();
  };
}
