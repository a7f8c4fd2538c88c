// SPDX-License-Identifier: Apache-2.0
// What a look through the library's folders came to, or that one was forgotten, in one line.
import { count } from '../lib/format';

const kWords: readonly (readonly [name: string, words: string])[] = [
  ['added', 'new'], ['replaced', 'with other sound'], ['updated', 'with other tags'], ['moved', 'moved'], ['copied', 'more copies'],
  ['finished', 'finished from before'], ['returned', 'found again'], ['missing', 'missing'], ['failed', 'could not be read'], ['unchanged', 'as they were'],
];

export function look_words(counts: Readonly<Record<string, number>>): string {
  if (counts['forgotten'] !== undefined) return `Forgotten: ${count(counts['forgotten'], 'file')}; nothing was deleted on the disk.`;
  const parts = kWords.filter(([name]) => (counts[name] ?? 0) > 0).map(([name, words]) => `${(counts[name] ?? 0).toLocaleString('en')} ${words}`);
  return parts.length === 0 ? 'No music was found there.' : `Looked through: ${parts.join(', ')}.`;
}
