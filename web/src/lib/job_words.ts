// SPDX-License-Identifier: Apache-2.0
// What a job of the server's is doing, in words.
import type { Job, Progress } from '../api/types';
import { count, lasting } from './format';

const kSteps: Readonly<Record<string, string>> = {
  opening: 'Opening the photo',
  finding: 'Looking for spines',
  reading: 'Reading the spines',
  matching: 'Looking them up',
  searching: 'Asking Discogs about what the catalog does not have',
  pricing: 'Asking for prices',
  writing: 'Writing it down',
  hearing: 'Listening to it',
  comparing: 'Comparing it with your copies',
};

export function step_words(progress: Progress | null): string {
  if (progress === null) return 'Beginning';
  let text = kSteps[progress.step] ?? progress.step;
  if (progress.total && progress.total > 1) text += `, ${Math.floor(progress.done ?? 0)} of ${progress.total}`;
  if (progress.eta_s && progress.eta_s > 2) text += `; about ${lasting(progress.eta_s)} more`;
  return text;
}

/** 0 to 1 within its step, or null where that is not known. */
export function part_done(progress: Progress | null): number | null {
  return progress?.total ? Math.min(1, (progress.done ?? 0) / progress.total) : null;
}

export function state_words(job: Job): string {
  switch (job.state) {
    case 'queued':
      return job.before ? `waiting for ${count(job.before, 'other job')}` : 'waiting';
    case 'running':
      return `${step_words(job.progress ?? null).toLowerCase()}…`;
    case 'failed':
      return job.error?.message ?? 'failed';
    case 'cancelled':
      return 'stopped';
    case 'done':
      return 'done';
  }
}
