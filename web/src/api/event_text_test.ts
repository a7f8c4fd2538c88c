// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { EventText } from './event_text';

describe('EventText', () => {
  test('gives an event as soon as its empty line is there', () => {
    const text = new EventText();
    expect(text.take('id: 4\nevent: disc\ndata: {"a"')).toEqual([]);
    expect(text.take(':1}\n')).toEqual([]);
    expect(text.take('\n')).toEqual([{ id: '4', event: 'disc', data: '{"a":1}' }]);
  });
  test('passes over heartbeats and fields it does not know', () => {
    expect(new EventText().take(': still here\n\nretry: 5\nnonsense\ndata: x\n\n')).toEqual([{ id: '', event: 'message', data: 'x' }]);
  });
  test('joins lines of data and takes either line end', () => {
    expect(new EventText().take('data: a\r\ndata:b\r\n\r\n')).toEqual([{ id: '', event: 'message', data: 'a\nb' }]);
  });
  test('keeps the last id for events without one', () => {
    expect(new EventText('7').take('data: x\n\nid: 8\ndata: y\n\ndata: z\n\n').map((one) => one.id)).toEqual(['7', '8', '8']);
  });
  test('is the same however the stream is cut', () => {
    const whole = 'id: 1\nevent: spines\ndata: [1]\n\n: hm\n\nid: 2\ndata: täglich\n\n';
    const expected = new EventText().take(whole);
    for (let at = 0; at < whole.length; ++at) {
      const text = new EventText();
      expect([...text.take(whole.slice(0, at)), ...text.take(whole.slice(at))]).toEqual(expected);
    }
  });
});
