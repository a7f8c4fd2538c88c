// SPDX-License-Identifier: Apache-2.0
// Where the page is: #dig, #dig/ID, #grade/ID+ID, ... and the pairing link #pair=TOKEN.

export const kTabs = ['dig', 'play', 'grade', 'collection', 'settings'] as const;
export type Tab = (typeof kTabs)[number];

export interface Route {
  readonly tab: Tab;
  /** what comes after the tab's name, taken apart at "/" */
  readonly rest: readonly string[];
}

export function route_of(hash: string): Route {
  const [tab, ...rest] = hash.replace(/^#\/?/, '').split('/').map(decoded).filter((part) => part !== '');
  const known = kTabs.find((one) => one === tab);
  return known === undefined ? { tab: 'dig', rest: [] } : { tab: known, rest };
}

export function pairing_token_of(hash: string): string | null {
  const match = /^#pair=([\w-]{1,200})$/.exec(hash);
  return match?.[1] ?? null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

class Place {
  route = $state.raw<Route>({ tab: 'dig', rest: [] });
}

export const place = new Place();

export function start_routing(): void {
  const read = (): void => {
    place.route = route_of(location.hash);
  };
  addEventListener('hashchange', read);
  read();
}

export function go(hash: string, replace = false): void {
  if (replace) {
    history.replaceState(null, '', hash);
    place.route = route_of(hash);
  } else {
    location.hash = hash;
  }
}
