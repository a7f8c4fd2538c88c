// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { as_problem, problem_of } from './problem';

describe('problem_of', () => {
  test('shows what the server says is wrong and what to do', () => {
    const problem = problem_of(415, '{"type":"about:blank","title":"No photo","status":415,"detail":"It is a video. Take a photo.","code":"bad_input"}');
    expect(problem.detail).toBe('It is a video. Take a photo.');
    expect(problem.code).toBe('bad_input');
  });
  test('has words of its own where an answer has none', () => {
    expect(problem_of(413, '<html>too large</html>').detail).toMatch(/40 MB/);
    expect(problem_of(401, '').unpaired).toBe(true);
    expect(problem_of(418, '').detail).toMatch(/418/);
  });
});

test('a request without an answer is a lost line', () => {
  expect(as_problem(new TypeError('Failed to fetch')).unreachable).toBe(true);
  expect(as_problem('odd').detail).toBe('odd');
});
