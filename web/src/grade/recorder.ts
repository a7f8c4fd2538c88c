// SPDX-License-Identifier: Apache-2.0
// Records from a microphone or a line input of this device, as it is: nothing that improves speech.
import worklet from './recorder_worklet.js?url';
import { WavMaker } from './wav';

export interface Recording {
  /** called four times a second */
  level?: (peak: number, seconds: number) => void;
  stop(): Promise<Blob>;
  readonly rate: number;
  readonly channels: number;
  /** what the device does to the sound although it was asked not to */
  readonly spoilt: readonly string[];
}

/** Why this browser cannot record here, or null. */
export function cannot_record(): string | null {
  if (!isSecureContext || !navigator.mediaDevices) {
    return 'Browsers record on secure pages only. Start Spindle with “spindle serve --lan --tls”, or open the page on the machine it runs on. A recording made elsewhere can be sent from here.';
  }
  return typeof AudioWorkletNode === 'undefined' ? 'This browser cannot record. Make the recording elsewhere and send it from here.' : null;
}

export function recording_refused(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') return 'The browser was not allowed to record. Allow the microphone for this page in its settings, then try again.';
  if (name === 'NotFoundError') return 'No microphone or line input was found. Plug the turntable’s sound card in and try again.';
  if (name === 'NotReadableError') return 'The input is in use by another program. Close it and try again.';
  return error instanceof Error ? error.message : String(error);
}

export async function begin_recording(input: string): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: {
      ...(input === '' ? {} : { deviceId: { exact: input } }),
      echoCancellation: false, noiseSuppression: false, autoGainControl: false,
      channelCount: { ideal: 2 }, sampleRate: { ideal: 48000 },
    },
  });
  try {
    const track = stream.getAudioTracks()[0] as MediaStreamTrack;
    const settings = track.getSettings();
    const context = new AudioContext(settings.sampleRate ? { sampleRate: settings.sampleRate } : {});
    await context.audioWorklet.addModule(worklet);
    const source = context.createMediaStreamSource(stream);
    const channels = Math.min(2, settings.channelCount ?? source.channelCount);
    const node = new AudioWorkletNode(context, 'spindle-recorder', {
      numberOfOutputs: 0, channelCount: channels, channelCountMode: 'explicit', channelInterpretation: 'discrete',
    });
    const wav = new WavMaker(context.sampleRate, channels);
    const spoilt = [
      settings.echoCancellation ? 'echo cancellation' : '',
      settings.noiseSuppression ? 'noise suppression' : '',
      settings.autoGainControl ? 'automatic gain' : '',
    ].filter((word) => word !== '');
    const recording: Recording = {
      rate: context.sampleRate, channels, spoilt,
      async stop() {
        await new Promise((resolve) => setTimeout(resolve, 300)); // the block that is on its way
        source.disconnect();
        for (const one of stream.getTracks()) one.stop();
        await context.close();
        return wav.file();
      },
    };
    node.port.onmessage = (event: MessageEvent<Float32Array[]>) => {
      wav.add(event.data);
      let peak = 0;
      for (const samples of event.data) for (const value of samples) peak = Math.max(peak, Math.abs(value));
      recording.level?.(peak, wav.seconds);
    };
    source.connect(node);
    return recording;
  } catch (error) {
    for (const one of stream.getTracks()) one.stop();
    throw error;
  }
}
