// SPDX-License-Identifier: Apache-2.0
// What is said before a folder of the library is forgotten.
import type { Folder } from '../api/types';
import { count } from '../lib/format';

const is_in = (path: string, folder: string): boolean => path.startsWith(folder === '/' ? folder : `${folder}/`);

export function forgetting_words(doomed: Folder, all: readonly Folder[]): string {
  const inside = all.filter((one) => is_in(one.path, doomed.path)).map((one) => one.path);
  const above = all.find((one) => one.path !== doomed.path && is_in(doomed.path, one.path));
  let text =
    `The fingerprints of ${count(doomed.files, 'file')} in ${doomed.path} go: the turntable and Grade know that music no more. ` +
    'To have them again all of it must be added and heard anew. The files stay as they are, and so do plays, gradings and collection.';
  if (inside.length > 0) text += ` Also forgotten: ${inside.join(', ')}, which ${inside.length === 1 ? 'is' : 'are'} in it.`;
  if (above) text += ` But ${above.path}, which it is in, is still looked at: at the next look the files come back.`;
  return text;
}
