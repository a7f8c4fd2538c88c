// SPDX-License-Identifier: Apache-2.0
// A scan as the page knows it: the document that is there, and what the events say since then.
// Taking an event twice, or an old one once more, does no harm: the newest of a disc counts.
import type { SentEvent } from '../api/event_text';
import type { Disc, Job, JobError, PhotoSeen, Progress, Quad, ScanJob, SpinesFound } from '../api/types';

export interface PhotoState {
  readonly width: number;
  readonly height: number;
  readonly error: JobError | null;
  readonly advice: readonly string[];
  /** outlines found, before anything is known about them */
  readonly found: readonly Quad[];
}

export interface ScanState {
  readonly job: Job;
  readonly progress: Progress | null;
  readonly photos: readonly (PhotoState | undefined)[];
  /** in order of their numbers */
  readonly discs: readonly Disc[];
  readonly without_catalog: string | null;
  /** pages of the contact sheet */
  readonly sheets: number;
  readonly over: boolean;
}

export function is_over(job: Job): boolean {
  return job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';
}

const kNoPhoto: PhotoState = { width: 0, height: 0, error: null, advice: [], found: [] };

export function state_of(document: ScanJob): ScanState {
  const { scan, ...job } = document;
  const photos = (scan?.photos ?? []).map((photo): PhotoState => ({
    width: photo.width,
    height: photo.height,
    error: photo.error ?? null,
    advice: (photo.advice ?? []).map((one) => one.message ?? one.trouble ?? '').filter((text) => text !== ''),
    found: [],
  }));
  return {
    job: job as Job,
    progress: job.progress ?? null,
    photos,
    discs: [...(scan?.discs ?? [])].sort((a, b) => a.number - b.number),
    without_catalog: scan?.without_catalog ?? null,
    sheets: document.sheets ?? 0,
    over: is_over(job as Job),
  };
}

function with_photo(state: ScanState, index: number, change: Partial<PhotoState>): ScanState {
  if (!Number.isInteger(index) || index < 0 || index > 99) return state;
  const photos = [...state.photos];
  photos[index] = { ...(photos[index] ?? kNoPhoto), ...change };
  return { ...state, photos };
}

function with_disc(state: ScanState, disc: Disc): ScanState {
  const discs = [...state.discs];
  const at = discs.findIndex((one) => one.number >= disc.number);
  if (at < 0) discs.push(disc);
  else if (discs[at]?.number === disc.number) discs[at] = disc;
  else discs.splice(at, 0, disc);
  return { ...state, discs };
}

function taken(state: ScanState, event: SentEvent): ScanState {
  const data = JSON.parse(event.data) as unknown;
  switch (event.event) {
    case 'progress':
      return { ...state, progress: data as Progress };
    case 'photo': {
      const seen = data as PhotoSeen;
      return with_photo(state, seen.photo, { width: seen.width, height: seen.height, error: seen.error ?? null });
    }
    case 'spines': {
      const found = data as SpinesFound;
      return with_photo(state, found.photo, { found: found.quads });
    }
    case 'disc':
      return with_disc(state, data as Disc);
    case 'state': {
      const job = data as Job;
      return { ...state, job: { ...state.job, ...job }, over: is_over(job) };
    }
    default:
      return state; // a server that is newer than this page
  }
}

/** What is known after `events`. One that cannot be read is left out: the next is whole again. */
export function after(state: ScanState, events: readonly SentEvent[]): ScanState {
  for (const event of events) {
    try {
      state = taken(state, event);
    } catch {
      continue;
    }
  }
  return state;
}
