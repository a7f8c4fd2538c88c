// SPDX-License-Identifier: Apache-2.0
// A small picture of a photo that is on its way, so that something is seen at once.

const kWidest = 1600;

/** An address of a picture at most kWidest wide, or null: a browser without HEIC shows none. */
export async function preview_of(file: Blob): Promise<string | null> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const part = Math.min(1, kWidest / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * part));
    canvas.height = Math.max(1, Math.round(picture.height * part));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.8));
    canvas.width = 0; // Safari keeps the memory of canvases it thinks are in use
    return blob === null ? null : URL.createObjectURL(blob);
  } catch {
    return null;
  }
}

/** Why a file cannot be a photo worth sending, or null. The server has the last word. */
export function refused(file: File): string | null {
  if (file.size === 0) return `${file.name} is empty. Take or choose it again.`;
  if (file.size > 40e6) return `${file.name} has ${Math.round(file.size / 1e6)} MB; a photo may have 40. Save it smaller.`;
  if (file.type.startsWith('video/')) return `${file.name} is a video. Take a photo of the shelf.`;
  if (file.type.startsWith('audio/')) return `${file.name} is sound. Recordings are graded under Grade.`;
  return null;
}
