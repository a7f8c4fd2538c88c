// SPDX-License-Identifier: Apache-2.0
// Light, dark, or as the device has it.

export const kThemes = ['device', 'light', 'dark'] as const;
export type Theme = (typeof kThemes)[number];

const kKey = 'spindle.theme';

class Look {
  theme = $state<Theme>('device');
}

export const look = new Look();

function show(theme: Theme): void {
  if (theme === 'device') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

export function start_theme(): void {
  const kept = localStorage.getItem(kKey);
  look.theme = kThemes.find((one) => one === kept) ?? 'device';
  show(look.theme);
}

export function set_theme(theme: Theme): void {
  look.theme = theme;
  localStorage.setItem(kKey, theme);
  show(theme);
}

/** Whether it is dark now; for what is drawn on a canvas. */
export function is_dark(): boolean {
  const set = document.documentElement.dataset['theme'];
  return set === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : set === 'dark';
}
