// SPDX-License-Identifier: Apache-2.0
// Music with tags, as a WAV file: something a library can hold and an ear can recognise.

function chunk(name, content) {
  const head = Buffer.alloc(8);
  head.write(name, 0);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** @param seed another number is other music */
export function tune(seconds, tags, seed = 4711) {
  const rate = 44100;
  const count = Math.round(seconds * rate);
  const sound = Buffer.alloc(2 * count);
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  let voices = [];
  for (let i = 0; i < count; ++i) {
    if (i % (rate / 4) < 1) voices = Array.from({ length: 3 }, () => 110 * 2 ** (Math.floor(random() * 48) / 12));
    const fade = 1 - (i % (rate / 4)) / (rate / 2);
    let sample = 0;
    for (const voice of voices) sample += Math.sin((2 * Math.PI * voice * i) / rate) + 0.4 * Math.sin((4 * Math.PI * voice * i) / rate);
    sound.writeInt16LE(Math.round(4500 * fade * sample), 2 * i);
  }
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(2 * rate, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const info = Object.entries(tags).map(([name, text]) => chunk(name, Buffer.from(`${text}\0`)));
  const all = [Buffer.from('WAVE'), chunk('fmt ', format), chunk('LIST', Buffer.concat([Buffer.from('INFO'), ...info])), chunk('data', sound)];
  return chunk('RIFF', Buffer.concat(all));
}
