// SPDX-License-Identifier: Apache-2.0
// A document of the server's as a page shows it: not there yet, there, old, or why not.
import { as_problem, type Problem } from '../api/problem';
import { remember, remembered } from './remembered';

export class Loaded<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** when it was seen, if the server could not be asked now */
  old = $state<number | null>(null);
  busy = $state(false);

  constructor(
    readonly get: () => Promise<T>,
    /** remembered under this name, if any */
    readonly name = '',
  ) {}

  async load(): Promise<void> {
    this.busy = true;
    try {
      this.set(await this.get());
    } catch (error) {
      const problem = as_problem(error);
      const kept = this.name !== '' && problem.unreachable ? remembered<T>(this.name) : null;
      if (this.value === null && kept !== null) {
        this.value = kept.value;
        this.old = kept.at;
      }
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  set(value: T): void {
    this.value = value;
    this.problem = null;
    this.old = null;
    if (this.name !== '') remember(this.name, value);
  }
}
