// SPDX-License-Identifier: Apache-2.0
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// While the page is worked on (`npm run dev`), a server that runs beside it answers.
const server = (globalThis as { process?: { env: Record<string, string> } }).process?.env['SPINDLE_SERVER'] ?? 'http://127.0.0.1:8137';

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: ['es2022', 'chrome105', 'safari16', 'firefox115'],
    // The content policy allows no data: but for pictures, so nothing is put into the code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': server, '/metrics': server } },
  test: { include: ['src/**/*_test.ts'], environment: 'node' },
});
