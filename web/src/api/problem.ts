// SPDX-License-Identifier: Apache-2.0
// What went wrong with a request, in words for whoever looks at the page.

export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** HTTP status; 0 when there was no answer at all */
    readonly status: number,
    readonly title: string,
    /** what is wrong and what to do */
    readonly detail: string,
    readonly code = '',
  ) {
    super(detail);
  }

  get unreachable(): boolean {
    return this.status === 0;
  }

  get unpaired(): boolean {
    return this.status === 401;
  }
}

export const kUnreachable =
  'Spindle does not answer. Is “spindle serve” running, and is this device in its network?';

const kPlain: Readonly<Record<number, string>> = {
  401: 'This device is not paired. On the machine Spindle runs on: “spindle devices pair”, then scan the code.',
  403: 'Spindle does not let this device do that. Do it on the machine it runs on.',
  404: 'There is no such thing here any more.',
  408: 'It took too long to arrive. Try again with a better connection.',
  413: 'It is too large. Photos may have 40 MB, recordings 500 MB.',
  415: 'Spindle cannot read this kind of file.',
  429: 'Too many requests. Wait a moment and try again.',
  503: 'Spindle is busy. Try again in a few minutes.',
};

/** `text` is the body of an answer with an error status; hopefully application/problem+json. */
export function problem_of(status: number, text: string): Problem {
  try {
    const document = JSON.parse(text) as Record<string, unknown>;
    const detail = document['detail'] ?? document['message'];
    if (typeof detail === 'string' && detail !== '') {
      return new Problem(status, String(document['title'] ?? ''), detail, String(document['code'] ?? ''));
    }
  } catch {
    // No JSON: something between the page and Spindle has answered.
  }
  return new Problem(status, '', kPlain[status] ?? `Spindle answered with an error (${status}).`);
}

export function as_problem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError) return new Problem(0, '', kUnreachable); // fetch's word for "no line"
  return new Problem(-1, '', error instanceof Error ? error.message : String(error));
}
