// SPDX-License-Identifier: Apache-2.0
// Small pictures of photos that were just sent, by scan: they are seen before the server's are there.
const kept = new Map<string, readonly (string | null)[]>();

export function keep_previews(scan: string, pictures: readonly (string | null)[]): void {
  for (const [old, addresses] of kept) {
    for (const one of addresses) if (one !== null) URL.revokeObjectURL(one);
    kept.delete(old);
  }
  kept.set(scan, pictures);
}

export function preview(scan: string, photo: number): string | null {
  return kept.get(scan)?.[photo] ?? null;
}
