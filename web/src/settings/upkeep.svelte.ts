// SPDX-License-Identifier: Apache-2.0
// Long work of one kind on the server: the newest of it, followed while it runs.
import { address } from '../api/client';
import { follow } from '../api/follow';
import { as_problem, type Problem } from '../api/problem';
import type { Job, Progress } from '../api/types';

export const runs = (job: Job): boolean => job.state === 'queued' || job.state === 'running';

/** What is shown of a list, newest first: what runs, else what waits first, else what was last. */
export function foremost(jobs: readonly Job[]): Job | null {
  return jobs.find((job) => job.state === 'running') ?? [...jobs].reverse().find((job) => job.state === 'queued') ?? jobs[0] ?? null;
}

export class Upkeep {
  job = $state.raw<Job | null>(null);
  progress = $state.raw<Progress | null>(null);
  problem = $state.raw<Problem | null>(null);
  connected = $state(true);
  /** others that wait behind it */
  behind = $state(0);
  #stop = (): void => {};

  constructor(
    readonly list: () => Promise<readonly Job[]>,
    /** of its events, with {id} */
    readonly events: string,
    /** told once when one ends that was seen running here */
    readonly ended: (job: Job) => void,
  ) {}

  async load(): Promise<void> {
    try {
      const all = await this.list();
      const job = foremost(all);
      this.behind = all.filter((one) => one.state === 'queued' && one.id !== job?.id).length;
      this.problem = null;
      this.show(job);
    } catch (error) {
      this.problem = as_problem(error);
    }
  }

  /** Shows a job, and follows it if it is not over. What came until now is in it: only later events are asked for. */
  show(job: Job | null): void {
    this.stop();
    this.job = job;
    this.progress = job?.progress ?? null;
    if (job === null || !runs(job)) return;
    this.#stop = follow(address(this.events, { id: job.id }), {
      events: (batch) => {
        for (const event of batch) {
          try {
            if (event.event === 'progress') this.progress = JSON.parse(event.data) as Progress;
            if (event.event === 'state') this.job = JSON.parse(event.data) as Job;
          } catch {
            continue;
          }
        }
        if (this.job === null || runs(this.job)) return;
        this.ended(this.job);
        void this.load();
        return true;
      },
      line: (there) => (this.connected = there),
      over: () => void this.load(),
    }, String(job.events));
  }

  stop(): void {
    this.#stop();
    this.#stop = () => {};
  }
}
