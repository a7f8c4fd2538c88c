// SPDX-License-Identifier: Apache-2.0
// Small pictures of photos that were just sent: they are seen before the server's are there.

class Previews {
  /** of the scan that was sent last; they may come after its page is open */
  kept = $state.raw<{ readonly scan: string; readonly pictures: readonly (string | null)[] } | null>(null);
}
const previews = new Previews();

export function keep_previews(scan: string, pictures: readonly (string | null)[]): void {
  for (const one of previews.kept?.pictures ?? []) if (one !== null) URL.revokeObjectURL(one);
  previews.kept = { scan, pictures };
}

export function preview(scan: string, photo: number): string | null {
  return previews.kept?.scan === scan ? (previews.kept.pictures[photo] ?? null) : null;
}
