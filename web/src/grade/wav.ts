// SPDX-License-Identifier: Apache-2.0
// A WAV file of samples that come in blocks (RIFF, PCM of 16 bits, as Microsoft and IBM wrote it down in 1991).

/** One block: a value of -1 to 1 for each sample of each channel, rounded and interleaved. */
export function interleaved(channels: readonly Float32Array[]): Int16Array<ArrayBuffer> {
  const first = channels[0];
  if (first === undefined) return new Int16Array(0);
  const out = new Int16Array(first.length * channels.length);
  for (const [c, samples] of channels.entries()) {
    for (let i = 0; i < first.length; ++i) {
      const value = Math.round((samples[i] ?? 0) * 32768);
      out[i * channels.length + c] = Math.max(-32768, Math.min(32767, value));
    }
  }
  return out;
}

/** The 44 bytes before the samples. `data_bytes` is cut to what the format can say (4 GB). */
export function header(rate: number, channels: number, data_bytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(44);
  const view = new DataView(bytes.buffer);
  const name = (at: number, text: string): void => {
    for (let i = 0; i < text.length; ++i) view.setUint8(at + i, text.charCodeAt(i));
  };
  const data = Math.min(data_bytes, 0xffffffff - 36);
  name(0, 'RIFF');
  view.setUint32(4, 36 + data, true);
  name(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  name(36, 'data');
  view.setUint32(40, data, true);
  return bytes;
}

/** Blobs are kept by the browser outside the page's memory, so blocks become one now and then. */
export class WavMaker {
  #parts: Blob[] = [];
  #waiting: Int16Array<ArrayBuffer>[] = [];
  #waiting_bytes = 0;
  #bytes = 0;

  constructor(
    readonly rate: number,
    readonly channels: number,
  ) {}

  add(block: readonly Float32Array[]): void {
    const samples = interleaved(block.slice(0, this.channels));
    this.#waiting.push(samples);
    this.#waiting_bytes += samples.byteLength;
    this.#bytes += samples.byteLength;
    if (this.#waiting_bytes > 4e6) this.#settle();
  }

  get bytes(): number {
    return this.#bytes;
  }

  get seconds(): number {
    return this.#bytes / (2 * this.channels * this.rate);
  }

  file(): Blob {
    this.#settle();
    return new Blob([header(this.rate, this.channels, this.#bytes), ...this.#parts], { type: 'audio/wav' });
  }

  #settle(): void {
    if (this.#waiting.length === 0) return;
    this.#parts.push(new Blob(this.#waiting));
    this.#waiting = [];
    this.#waiting_bytes = 0;
  }
}
