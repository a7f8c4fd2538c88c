// SPDX-License-Identifier: Apache-2.0
// What a job of the server's is doing, in words.
import type { Job, Progress } from '../api/types';
import { bytes, count, lasting } from './format';

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

/** What the same step is called in other work. */
const kStepsOf: Readonly<Partial<Record<Job['kind'], Readonly<Record<string, string>>>>> = {
  catalog: {
    checking: 'Checking what was downloaded before',
    downloading: 'Downloading',
    'reading releases': 'Reading releases',
    'reading masters': 'Reading masters',
    ordering: 'Ordering them',
    indexing: 'Making them findable',
  },
  library: {
    'looking for music': 'Looking for music',
    comparing: 'Comparing what changed or moved',
    indexing: 'Listening to what is new',
    'writing the index': 'Writing it down',
  },
};

/** 340 of 9800 MB, 3 of 12, 1,200 */
function so_far(progress: Progress, kind: Job['kind']): string {
  const done = Math.floor(progress.done ?? 0);
  const total = progress.total ?? 0;
  if (progress.item?.startsWith('MB')) {
    if (done === 0) return '';
    return total > 0 ? `${bytes(done * 1e6)} of ${bytes(total * 1e6)}` : bytes(done * 1e6);
  }
  if (total > 1) return `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  return kind === 'library' && total === 0 && done > 0 ? count(done, 'file') : '';
}

export function step_words(progress: Progress | null, kind: Job['kind'] = 'scan'): string {
  if (progress === null) return 'Beginning';
  let text = kStepsOf[kind]?.[progress.step] ?? kSteps[progress.step] ?? progress.step;
  const far = so_far(progress, kind);
  if (far !== '') text += `, ${far}`;
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
      return `${step_words(job.progress ?? null, job.kind).toLowerCase()}…`;
    case 'failed':
      return job.error?.message ?? 'failed';
    case 'cancelled':
      return 'stopped';
    case 'done':
      return 'done';
  }
}
