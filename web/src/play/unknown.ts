// SPDX-License-Identifier: Apache-2.0
// What is sent of the tracks of music that gets its name.

/** Records have two sides; boxes go on. */
export const kSides = [...'ABCDEFGHIJKLMNOP'];

export interface TrackSaid {
  readonly title: string;
  readonly begins_s?: number;
}

/** "Noon @3:25": where a track begins that follows without a pause, as on a sleeve; "Love @ First Sight" is a title. */
export function track_said(text: string): TrackSaid {
  const found = /^(.*?)\s*@\s*(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)$/.exec(text.trim());
  if (!found) return { title: text.trim() };
  return { title: found[1] ?? '', begins_s: Number(found[2] ?? 0) * 3600 + Number(found[3]) * 60 + Number(found[4]) };
}

/** The titles as the server wants them. None where nothing but the pauses' own number of tracks was said:
 *  then the gaps decide, as they would have. */
export function tracks_to_send(titles: readonly string[], found: number): TrackSaid[] {
  const trimmed = titles.map((one) => one.trim());
  return trimmed.length === found && trimmed.every((one) => one === '') ? [] : trimmed.map(track_said);
}
