// SPDX-License-Identifier: Apache-2.0
// Asks the real program everything that src/server/openapi.yaml tells of, in good ways and in bad ones,
// and holds what it answers against it:
//   node tests/contract.mjs BINARY
import assert from 'node:assert/strict';
import { ask, events_of } from './contract/client.mjs';
import { Contract } from './contract/contract.mjs';
import { kAtLast, kInOrder, furnish } from './contract/requests.mjs';
import { spoiled } from './contract/spoiled.mjs';
import { House } from './e2e/house.mjs';

const [binary] = process.argv.slice(2);
if (!binary) {
  console.error('usage: node tests/contract.mjs BINARY');
  process.exit(2);
}
const contract = Contract.read(new URL('../../src/server/openapi.yaml', import.meta.url));
const house = new House(binary);
const counts = { asked: 0, failed: 0 };
const known = {}; // what is in the house by now: ids, names

async function tried(name, work) {
  try {
    await work();
  } catch (error) {
    ++counts.failed;
    console.log(`FAIL  ${name}\n      ${String(error?.stack ?? error).split('\n').slice(0, error?.code === 'ERR_ASSERTION' ? 6 : 4).join('\n      ')}`);
  }
}

async function asked(operation, request) {
  ++counts.asked;
  const answer = await ask(house.base, { method: operation.method, path: operation.path, ...request });
  contract.check(operation, answer);
  return answer;
}

/** What needs nothing to be there, in a house where nothing is. */
async function ask_empty_house() {
  for (const operation of contract.operations) {
    if (operation.method !== 'GET' || operation.path.includes('{') || operation.events) continue;
    await tried(`${operation.name} with nothing there`, () => asked(operation, { query: operation.name === 'catalogSearch' ? { q: 'x' } : {} }));
  }
}

/** Who has no token is told so before anything else, except where nothing of the owner's is shown. */
async function ask_as_stranger(operation) {
  const in_path = Object.fromEntries([...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, '1']));
  const answer = await asked(operation, { in_path, headers: { 'x-forwarded-for': '192.0.2.7' } });
  if (operation.open) assert(![401, 403].includes(answer.status), `answers ${answer.status}`);
  else assert.equal(answer.status, 401);
}

/** Each path says which methods it knows. */
async function ask_wrong_method(path) {
  const here = contract.operations.filter((one) => one.path === path);
  const wrong = ['PATCH', 'PUT', 'DELETE', 'POST', 'GET'].find((method) => !here.some((one) => one.method === method));
  ++counts.asked;
  const in_path = Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, '1']));
  const answer = await ask(house.base, { method: wrong, path, in_path });
  assert.equal(answer.status, 405);
  contract.check(here[0], answer);
  const wanted = here.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  assert.deepEqual((answer.headers.get('allow') ?? '').split(', ').sort(), wanted.sort(), 'Allow');
}

/** HEAD is a GET without the body. */
async function ask_head(operation, request, got) {
  const answer = await ask(house.base, { path: operation.path, ...request, method: 'HEAD' });
  assert.equal(answer.status, got.status, 'HEAD');
  assert.equal(answer.headers.get('content-type'), got.headers.get('content-type'), 'HEAD');
  assert.equal(answer.bytes.length, 0, 'HEAD');
}

/** A tag that was told is asked for again. */
async function ask_unchanged(operation, request, got) {
  const tag = got.headers.get('etag');
  if (!tag) return;
  const answer = await asked(operation, { ...request, headers: { 'if-none-match': tag } });
  assert.equal(answer.status, 304);
}

function check_events(operation, events) {
  let last = 0;
  for (const { id, name, data } of events) {
    assert(id > last, `event ${id} comes after ${last}`);
    last = id;
    const schema = operation.events[name];
    assert(schema, `an event '${name}', of which the contract says nothing: ${data.slice(0, 200)}`);
    const wrong = contract.complaints({ $ref: `#/components/schemas/${schema}` }, JSON.parse(data));
    assert.equal(wrong, '', `event ${id}, '${name}': ${wrong}`);
  }
}

/** A stream of events: that they fit, and that after a cut it goes on where it was. */
async function follow(operation, request) {
  ++counts.asked;
  const at = { path: operation.path, ...request };
  const whole = await events_of(house.base, at, request.until, 60);
  assert(whole.events.length > 0, 'no event comes');
  check_events(operation, whole.events);
  if (request.until) return;
  const cuts = [0, Math.floor(whole.events.length / 2), whole.events.length - 1];
  for (const cut of cuts) {
    const rest = await events_of(house.base, { ...at, headers: { 'last-event-id': String(whole.events[cut].id) } }, undefined, 60);
    assert.deepEqual(rest.events, whole.events.slice(cut + 1), `after event ${whole.events[cut].id} comes what came after it`);
    assert(rest.over);
  }
  const by_query = await events_of(house.base, { ...at, query: { last_event_id: String(whole.events[cuts[1]].id) } }, undefined, 60);
  assert.deepEqual(by_query.events, whole.events.slice(cuts[1] + 1));
}

async function ask_well_and_badly({ name, ...rest }) {
  const operation = contract.operations.find((one) => one.name === name);
  assert(operation, `${name} is not in the contract`);
  if (rest.before) await rest.before(known, { house, check: (answer) => contract.check(operation, answer) });
  const request = typeof rest.request === 'function' ? rest.request(known) : (rest.request ?? {});
  if (request === null) {
    console.log(`skip  ${name}: ${rest.needs}`);
    return;
  }
  const wrong = [];
  for (const { why, request: bad, statuses } of rest.once ? [] : spoiled(contract, operation, request)) {
    await tried(`${name}, badly: ${why}`, async () => {
      const answer = await asked(operation, bad);
      assert(statuses.includes(answer.status), `answers ${answer.status}, not ${statuses}: ${answer.text?.slice(0, 200)}`);
      wrong.push(answer.status);
    });
  }
  if (operation.events) {
    await follow(operation, request);
    return;
  }
  const answer = await asked(operation, request);
  const expected = request.expect ?? Object.keys(operation.responses).map(Number).find((status) => status < 300);
  assert.equal(answer.status, expected, answer.text?.slice(0, 300));
  if (rest.then) await rest.then(answer, known, { house, asked: (more) => asked(operation, more), follow: follow_live });
  if (operation.method === 'GET') {
    await ask_head(operation, request, answer);
    await ask_unchanged(operation, request, answer);
  }
}

/** Follows a job that has just begun until it is over, with the line cut after every few events. */
async function follow_live(name, id, state = 'done') {
  const operation = contract.operations.find((one) => one.name === name);
  const at = { path: operation.path, in_path: { id } };
  const seen = [];
  for (let over = false; !over; ) {
    const headers = seen.length > 0 ? { 'last-event-id': String(seen.at(-1).id) } : {};
    const piece = await events_of(house.base, { ...at, headers }, (_, events) => events.length >= 7);
    seen.push(...piece.events);
    over = piece.over;
  }
  check_events(operation, seen); // no number twice, and each larger than the one before
  // Once it is over the last event of each subject is kept: all of those have been seen, as they are.
  const kept = await events_of(house.base, at, undefined, 60);
  const by_id = new Map(seen.map((event) => [event.id, event]));
  for (const event of kept.events) assert.deepEqual(by_id.get(event.id), event, `event ${event.id} was missed`);
  const end = JSON.parse(seen.at(-1).data);
  assert.equal(seen.at(-1).name, 'state');
  assert.equal(end.state, state, end.error?.message);
  return seen;
}

try {
  await house.serve('--no-scrobble');
  for (const path of Object.keys(contract.document.paths)) await tried(`405 of ${path}`, () => ask_wrong_method(path));
  for (const operation of contract.operations) await tried(`${operation.name} of a stranger`, () => ask_as_stranger(operation));
  await ask_empty_house();
  await house.stop();

  await furnish(house, known);
  house.dumps.stop();
  await house.have_dumps(); // of the made-up shelf, now that it is there
  await house.serve('--no-scrobble');
  const listed = new Set([...kInOrder, ...kAtLast].map((one) => one.name));
  for (const { name } of contract.operations) assert(listed.has(name), `${name}: web/tests/contract/requests.mjs does not say how to ask it`);
  for (const one of [...kInOrder, ...kAtLast]) await tried(one.name, () => ask_well_and_badly(one));
} catch (error) {
  ++counts.failed;
  console.log(`FAIL  ${error?.stack ?? error}`);
} finally {
  await house.close();
}
console.log(`${contract.operations.length} operations, ${counts.asked} requests, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);
