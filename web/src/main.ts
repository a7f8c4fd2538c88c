// SPDX-License-Identifier: Apache-2.0
import { mount } from 'svelte';
import './style/tokens.css';
import './style/base.css';
import App from './App.svelte';
import { start_pairing } from './lib/pairing.svelte';
import { start_routing } from './lib/route.svelte';
import { start_theme } from './lib/theme.svelte';

start_theme();
start_pairing(); // before routing: it takes the token out of the address
addEventListener('hashchange', start_pairing); // the link, opened where the page is open already
start_routing();
mount(App, { target: document.getElementById('page') as HTMLElement });

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  // Only an offline shell: where there is none (plain http in the network), nothing is lost.
  navigator.serviceWorker.register('/sw.js').catch(() => {});
}
