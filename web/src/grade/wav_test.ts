// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { WavMaker, header, interleaved } from './wav';

test('samples are rounded, cut off at full scale and take turns', () => {
  const left = Float32Array.of(0, 0.5, 2);
  const right = Float32Array.of(-1, -2, 1 / 32768);
  expect([...interleaved([left, right])]).toEqual([0, -32768, 16384, -32768, 32767, 1]);
});
test('a header says what follows it', () => {
  const bytes = header(48000, 2, 1000);
  const view = new DataView(bytes.buffer);
  expect(new TextDecoder().decode(bytes.slice(0, 4))).toBe('RIFF');
  expect(view.getUint32(4, true)).toBe(1036);
  expect(view.getUint16(22, true)).toBe(2);
  expect(view.getUint32(24, true)).toBe(48000);
  expect(view.getUint32(28, true)).toBe(192000);
  expect(view.getUint32(40, true)).toBe(1000);
});
test('a long recording is one file, whole', async () => {
  const wav = new WavMaker(8000, 1);
  const block = new Float32Array(4000).fill(0.25);
  for (let i = 0; i < 1200; ++i) wav.add([block]);
  expect(wav.seconds).toBe(600);
  const file = wav.file();
  expect(file.size).toBe(44 + 2 * 4000 * 1200);
  const bytes = new DataView(await file.arrayBuffer());
  expect(bytes.getUint32(40, true)).toBe(2 * 4000 * 1200);
  expect(bytes.getInt16(44, true)).toBe(8192);
  expect(bytes.getInt16(file.size - 2, true)).toBe(8192);
});
