// SPDX-License-Identifier: Apache-2.0
// What is sent of the tracks of music that gets its name.

/** Records have two sides; boxes go on. */
export const kSides = [...'ABCDEFGHIJKLMNOP'];

/** The titles as the server wants them. None where nothing but the pauses' own number of tracks was said:
 *  then the gaps decide, as they would have. */
export function tracks_to_send(titles: readonly string[], found: number): { title: string }[] {
  const trimmed = titles.map((one) => one.trim());
  return trimmed.length === found && trimmed.every((one) => one === '') ? [] : trimmed.map((title) => ({ title }));
}
