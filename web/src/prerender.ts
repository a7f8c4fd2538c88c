// SPDX-License-Identifier: Apache-2.0
// What most visits begin with, as HTML: put into the document when the page is built (scripts/finish.mjs), so that
// it is seen, and a photo can be taken, before any script has come. main.ts takes it over as it stands.
import { render } from 'svelte/server';
import App from './App.svelte';

export const first_view = (): string => render(App).body;
