// SPDX-License-Identifier: Apache-2.0
// Typed requests: what a path takes and answers is read off the contract.
import type { paths } from './contract';
import { Problem, kUnreachable, problem_of } from './problem';
import { noted_answer } from './connection.svelte';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;
type JsonOf<R> = R extends { content: { 'application/json': infer T } } ? T : undefined;
type Answer<O> = O extends { responses: infer R } ? JsonOf<R[keyof R & (200 | 201 | 202 | 204)]> : never;
type PathOf<O> = O extends { parameters: { path: infer T } } ? { path: T } : { path?: never };
type QueryOf<O> = O extends { parameters: { query?: infer T } } ? { query?: T } : { query?: never };
type Sent<O> = O extends { requestBody: { content: { 'application/json': infer T } } }
  ? { json: T }
  : { json?: never };
type Options<O> = PathOf<O> & QueryOf<O> & Sent<O> & { signal?: AbortSignal };

type Values = Readonly<Record<string, unknown>>;

/** The address of `template` with its parts and query filled in. */
export function address(template: string, path: Values = {}, query: Values = {}): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') asked.set(name, String(value));
  }
  const text = asked.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

/** fetch, but errors are Problems, and the page notes whether anybody answers. */
export async function send(url: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    noted_answer('unreachable');
    throw new Problem(0, '', kUnreachable);
  }
  // A service worker or a proxy says 502 to 504 when there is nobody behind it.
  const gone = response.status === 502 || response.status === 504;
  noted_answer(gone ? 'unreachable' : response.status === 401 ? 'unpaired' : 'there', response.headers.get('date'));
  if (!response.ok) throw problem_of(response.status, await response.text());
  return response;
}

type Call = <P extends keyof paths, M extends Method>(
  method: M,
  path: P,
  ...options: Record<string, never> extends Options<Operation<P, M>>
    ? [options?: Options<Operation<P, M>>]
    : [options: Options<Operation<P, M>>]
) => Promise<Answer<Operation<P, M>>>;

interface Asked {
  path?: Values;
  query?: Values;
  json?: unknown;
  signal?: AbortSignal;
}

/** Asks and answers JSON as the contract says; what is no success is a Problem. */
export const call = (async (method: string, path: string, asked: Asked = {}): Promise<unknown> => {
  const init: RequestInit = { method: method.toUpperCase(), headers: { Accept: 'application/json' } };
  if (asked.signal) init.signal = asked.signal;
  if (asked.json !== undefined) {
    init.body = JSON.stringify(asked.json);
    init.headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  }
  const response = await send(address(path, asked.path, asked.query), init);
  const text = response.status === 204 ? '' : await response.text();
  return text === '' ? undefined : JSON.parse(text);
}) as unknown as Call;
