// SPDX-License-Identifier: Apache-2.0
// A QR code as one path of squares.
import make_code from 'qrcode-generator';

export function draw_code(text: string): { size: number; path: string } {
  const code = make_code(0, 'M'); // as large as it must be
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let path = '';
  for (let y = 0; y < size; ++y) {
    for (let x = 0; x < size; ++x) {
      if (code.isDark(y, x)) path += `M${x} ${y}h1v1h-1z`;
    }
  }
  return { size, path };
}
