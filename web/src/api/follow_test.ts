// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SentEvent } from './event_text';
import { follow } from './follow';

type Asked = { last: string | null };

/** A server that gives each of `answers` to one request; a string is a stream that ends after it. */
function serve(answers: (string | number)[]): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    asked.push({ last: new Headers(init.headers).get('Last-Event-ID') });
    const answer = answers.shift() ?? 599;
    if (answer === 599) return Promise.reject(new TypeError('no line'));
    if (typeof answer === 'number') return Promise.resolve(new Response('', { status: answer }));
    return Promise.resolve(new Response(answer));
  });
  return asked;
}

describe('follow', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    vi.stubGlobal('addEventListener', () => {});
    vi.stubGlobal('removeEventListener', () => {});
    vi.stubGlobal('document', { addEventListener() {}, removeEventListener() {}, visibilityState: 'visible' });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const pass = async (milliseconds: number): Promise<void> => {
    for (let i = 0; i < 20; ++i) {
      await vi.advanceTimersByTimeAsync(milliseconds / 20);
      // Streams go by real ticks, which are not faked here.
      await new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve();
        };
        port2.postMessage(0);
      });
    }
  };

  test('goes on after the last event it saw when the line was cut', async () => {
    const asked = serve(['id: 1\ndata: a\n\nid: 2\ndata: b\n\ndata: cut o', 'id: 3\ndata: c\n\n']);
    const seen: string[] = [];
    const stop = follow('/e', {
      events(batch: readonly SentEvent[]) {
        seen.push(...batch.map((one) => one.data));
        return seen.includes('c');
      },
    });
    await pass(3000);
    stop();
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual([{ last: null }, { last: '2' }]);
  });

  test('says when the line is gone and when it is back', async () => {
    serve([599, 599, 'id: 1\ndata: a\n\n']);
    const lines: boolean[] = [];
    const stop = follow('/e', { events: () => true, line: (there) => lines.push(there) });
    await pass(10_000);
    stop();
    expect(lines).toEqual([false, false, true]);
  });

  test('asks ever less often', async () => {
    const asked = serve([]);
    const stop = follow('/e', { events: () => {} });
    await pass(60_000);
    stop();
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.length).toBeLessThan(12);
  });

  test('gives up what is gone', async () => {
    const asked = serve([404]);
    let why = 0;
    const stop = follow('/e', { events: () => {}, over: (problem) => (why = problem.status) });
    await pass(30_000);
    stop();
    expect(why).toBe(404);
    expect(asked).toHaveLength(1);
  });
});
