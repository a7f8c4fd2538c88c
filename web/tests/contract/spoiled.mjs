// SPDX-License-Identifier: Apache-2.0
// The same request, each time with one thing wrong that the contract rules out, and the statuses that
// fit. Made from the contract alone: a limit that stands there is a limit that is tried.

function bad_words(schema) {
  const words = [];
  if (schema.type === 'integer' || schema.type === 'number') {
    words.push('x', '1e999', '0x10');
    if (schema.type === 'integer') words.push('1.5', '99999999999999999999');
    if (schema.minimum !== undefined) words.push(String(schema.minimum - 1));
    if (schema.maximum !== undefined) words.push(String(schema.maximum + 1));
  }
  if (schema.type === 'boolean') words.push('perhaps');
  if (schema.enum) words.push('nonsense');
  if (schema.pattern) words.push('nonsense', 'f'.repeat(33), '..%2f..');
  if (schema.maxLength !== undefined) words.push('x'.repeat(schema.maxLength + 1));
  if (schema.minLength > 0) words.push('');
  return words;
}

function bad_values(schema) {
  const values = schema.type === 'array' ? [{}, [7]] : [[], {}];
  if (schema.type !== 'string') values.push('x');
  if (schema.type !== 'boolean') values.push(true);
  if (schema.type !== 'integer' && schema.type !== 'number') values.push(7);
  if (schema.type === 'integer') values.push(1.5, 1e300);
  if (schema.minimum !== undefined) values.push(schema.minimum - 1);
  if (schema.maximum !== undefined) values.push(schema.maximum + 1);
  if (schema.maxLength !== undefined) values.push('x'.repeat(schema.maxLength + 1));
  if (schema.minLength > 0) values.push('');
  if (schema.type === 'string') values.push('a\u0000b');
  return values;
}

/** Values that fit the schema of a path's parameter, but name nothing that is there. */
function absent(schema) {
  if (schema.pattern === '^[0-9a-f]{32}$') return ['0'.repeat(32)];
  return schema.type === 'integer' ? [String(schema.maximum ?? 4_000_000_000)] : [];
}

/** @yields {why, request, statuses} */
export function* spoiled(contract, operation, good) {
  for (const { name, in: where, schema, required } of operation.parameters) {
    if (where === 'header') continue; // Last-Event-ID: what is none counts as none
    if (where === 'path') {
      const strange = operation.name === 'hear' || operation.name === 'endStream'; // any name of a stream will do
      for (const word of bad_words(schema).filter((one) => one !== ''))
        yield { why: `${name}=${word.slice(0, 40)}`, request: { ...good, in_path: { ...good.in_path, [name]: word } }, statuses: word.includes('%2f') ? [400, 404] : strange ? [400, 404] : [404] };
      if (!good.there_always)
        for (const word of absent(schema)) yield { why: `${name}=${word}`, request: { ...good, in_path: { ...good.in_path, [name]: word } }, statuses: [404] };
      continue;
    }
    for (const word of bad_words(schema)) yield { why: `${name}=${word.slice(0, 40)}`, request: { ...good, query: { ...good.query, [name]: word } }, statuses: [400] };
    if (required) {
      const { [name]: gone, ...query } = good.query;
      yield { why: `no ${name}`, request: { ...good, query }, statuses: [400] };
    }
  }
  if (!operation.body) return;
  yield { why: 'no body', request: { ...good, body: undefined }, statuses: [400] };
  yield { why: 'an empty body', request: { ...good, body: '' }, statuses: [400] };
  yield { why: 'a body of another type', request: { ...good, type: 'font/woff2' }, statuses: [415] };
  const json = operation.body.content['application/json'];
  if (!json) {
    for (const type of Object.keys(operation.body.content).filter((one) => !one.startsWith('text/')))
      yield { why: `no ${type}`, request: { ...good, type: type.replace('*', 'x-none'), body: 'neither a picture nor sound nor a form' }, statuses: [400, 415] };
    return;
  }
  yield { why: 'too large a body', request: { ...good, body: JSON.stringify({ x: 'x'.repeat(70_000) }) }, statuses: [413] };
  for (const body of ['{', '[]', 'null', '7', '"x"', '\xff', '[['.repeat(20_000)]) yield { why: `the body ${body.slice(0, 20)}`, request: { ...good, body }, statuses: [400] };
  const schema = json.schema.$ref ? contract.resolved(json.schema) : json.schema;
  const object = JSON.parse(good.body);
  for (const [name, property] of Object.entries(schema.properties)) {
    if (property.readOnly) continue;
    for (const value of bad_values(property))
      yield { why: `${name}: ${JSON.stringify(value).slice(0, 40)}`, request: { ...good, body: JSON.stringify({ ...object, [name]: value }) }, statuses: [400] };
    if (schema.required?.includes(name)) {
      const { [name]: gone, ...rest } = object;
      yield { why: `no ${name}`, request: { ...good, body: JSON.stringify(rest) }, statuses: [400] };
    }
  }
}
