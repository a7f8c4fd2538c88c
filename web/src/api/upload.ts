// SPDX-License-Identifier: Apache-2.0
// Uploads with progress. fetch cannot tell how much was sent, XMLHttpRequest can.
import { Problem, kUnreachable, problem_of } from './problem';
import { noted_answer } from './connection.svelte';

export interface Upload<T> {
  readonly done: Promise<T>;
  stop(): void;
}

/** `progress` is told the sent part, 0 to 1. */
export function upload<T>(url: string, body: Blob | FormData, progress: (part: number) => void): Upload<T> {
  const request = new XMLHttpRequest();
  const done = new Promise<T>((resolve, reject) => {
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () => {
      noted_answer(request.status === 401 ? 'unpaired' : 'there');
      if (request.status >= 200 && request.status < 300) {
        try {
          resolve(JSON.parse(request.responseText) as T);
        } catch {
          reject(new Problem(request.status, '', 'Spindle’s answer makes no sense. Is it really Spindle?'));
        }
      } else {
        reject(problem_of(request.status, request.responseText));
      }
    };
    request.onerror = () => {
      // A server that refuses a large body closes the line before it has read all of it.
      noted_answer('unreachable');
      reject(new Problem(0, '', kUnreachable));
    };
    request.onabort = () => reject(new Problem(-1, '', 'Stopped.'));
  });
  request.open('POST', url);
  request.setRequestHeader('Accept', 'application/json');
  if (body instanceof Blob && body.type === '') {
    request.setRequestHeader('Content-Type', 'application/octet-stream');
  }
  request.send(body);
  return { done, stop: () => request.abort() };
}
