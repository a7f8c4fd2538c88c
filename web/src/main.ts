// SPDX-License-Identifier: Apache-2.0
import { hydrate, mount } from 'svelte';
import './style/tokens.css';
import './style/base.css';
import App from './App.svelte';
import { pairing, start_pairing } from './lib/pairing.svelte';
import { place, start_routing } from './lib/route.svelte';
import { start_theme } from './lib/theme.svelte';

start_theme();
start_pairing(); // before routing: it takes the token out of the address
addEventListener('hashchange', start_pairing); // the link, opened where the page is open already
start_routing();

const target = document.getElementById('page') as HTMLElement;
if (target.firstElementChild !== null && place.route.tab === 'dig' && place.route.rest.length === 0 && pairing.state === 'none') {
  // The beginning stands in the document already (prerender.ts), and its buttons work: a photo may have been
  // taken before this ran.
  const chosen = [...target.querySelectorAll<HTMLInputElement>('input[type=file]')].filter((one) => one.files?.length);
  hydrate(App, { target });
  for (const one of chosen) one.dispatchEvent(new Event('change', { bubbles: true }));
} else {
  target.replaceChildren();
  mount(App, { target });
}
delete document.documentElement.dataset['elsewhere'];
document.documentElement.dataset['ready'] = '';

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  // Only an offline shell: where there is none (plain http in the network), nothing is lost. It fetches all of
  // the page, so it comes after what is seen first.
  const soon = globalThis.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 800));
  const begin = (): void => void soon(() => void navigator.serviceWorker.register('/sw.js').catch(() => {}));
  if (document.readyState === 'complete') begin();
  else addEventListener('load', begin);
}
