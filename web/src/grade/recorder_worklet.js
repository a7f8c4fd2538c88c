// SPDX-License-Identifier: Apache-2.0
// Runs where the sound is: hands on what comes in, in blocks of a quarter of a second.
class Recorder extends AudioWorkletProcessor {
  constructor() {
    super();
    this.size = Math.ceil(sampleRate / 4);
    this.filled = 0;
    this.block = [];
  }

  process(inputs) {
    const input = inputs[0];
    if (!input || input.length === 0) return true;
    if (this.block.length !== input.length) {
      this.block = input.map(() => new Float32Array(this.size));
      this.filled = 0;
    }
    const count = input[0].length;
    for (let done = 0; done < count; ) {
      const some = Math.min(count - done, this.size - this.filled);
      for (let c = 0; c < input.length; ++c) this.block[c].set(input[c].subarray(done, done + some), this.filled);
      done += some;
      this.filled += some;
      if (this.filled === this.size) {
        this.port.postMessage(this.block, this.block.map((one) => one.buffer));
        this.block = input.map(() => new Float32Array(this.size));
        this.filled = 0;
      }
    }
    return true;
  }
}
registerProcessor('spindle-recorder', Recorder);
