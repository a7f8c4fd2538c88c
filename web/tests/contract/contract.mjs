// SPDX-License-Identifier: Apache-2.0
// src/server/openapi.yaml as something answers can be held against: its operations, and its schemas as
// JSON Schema. What a schema does not name must not be there, unless it says additionalProperties.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2019.js';
import { parse } from 'yaml';

/** A comma in a text without quotes makes a key of what follows it, with null as its value. */
function has_no_torn_text(value, place) {
  assert.notEqual(value, null, `${place}: nothing stands there; does a text with a comma lack its quotes?`);
  if (typeof value === 'object') for (const [name, one] of Object.entries(value)) has_no_torn_text(one, `${place}/${name}`);
}

const kMethods = ['get', 'post', 'put', 'patch', 'delete'];
const kTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/; // the contract: times are UTC

/** OpenAPI 3.0's dialect as JSON Schema 2019-09. `open`: a part of an allOf, which the whole closes. */
function json_schema(schema, open = false) {
  if (schema.$ref) {
    const to = { $ref: schema.$ref.replace('#/components/schemas/', 'contract:#/$defs/') };
    return open ? to : { ...to, unevaluatedProperties: false };
  }
  const out = {};
  for (const [name, value] of Object.entries(schema)) {
    if (name === 'nullable' || name === 'example' || (name === 'format' && value !== 'date-time')) continue;
    if (name === 'properties') out[name] = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, json_schema(one)]));
    else if (name === 'items' || (name === 'additionalProperties' && typeof value === 'object')) out[name] = json_schema(value);
    else if (name === 'allOf') out[name] = value.map((one) => json_schema(one, true));
    else out[name] = value;
  }
  if (!open && (out.type === 'object' || out.allOf)) out.unevaluatedProperties = false;
  return schema.nullable ? { anyOf: [{ type: 'null' }, out] } : out;
}

export class Contract {
  constructor(text) {
    this.document = parse(text);
    has_no_torn_text(this.document, '');
    this.ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true, verbose: true });
    this.ajv.addFormat('date-time', kTime);
    const schemas = Object.fromEntries(Object.entries(this.document.components.schemas).map(([name, schema]) => [name, json_schema(schema, true)]));
    this.ajv.addSchema({ $id: 'contract:', $defs: schemas });
    this.compiled = new Map();
    /** Each way to ask: {name, method, path, parameters, body, responses, ...} */
    this.operations = Object.entries(this.document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        assert(kMethods.includes(method), `${path}: ${method}`);
        return {
          name: operation.operationId,
          path,
          method: method.toUpperCase(),
          open: operation.security?.length === 0,
          parameters: (operation.parameters ?? []).map((one) => this.resolved(one)),
          body: operation.requestBody,
          responses: Object.fromEntries(Object.entries(operation.responses).map(([status, one]) => [status, this.resolved(one)])),
          events: operation['x-events'],
        };
      }),
    );
    /** Statuses that any route may answer with, being none of its own business. */
    this.always = new Set(this.document.info['x-any-route-may-answer']);
    assert.equal(new Set(this.operations.map((one) => one.name)).size, this.operations.length, 'an operationId stands twice');
  }

  static read(file) {
    return new Contract(readFileSync(file, 'utf8'));
  }

  resolved(one) {
    return one.$ref ? one.$ref.split('/').slice(1).reduce((at, part) => at[part], this.document) : one;
  }

  /** What is wrong with a value, in words; empty if nothing is. */
  complaints(schema, value) {
    const key = JSON.stringify(schema);
    if (!this.compiled.has(key)) this.compiled.set(key, this.ajv.compile(json_schema(schema)));
    const fits = this.compiled.get(key);
    if (fits(value)) return '';
    return fits.errors
      .filter((error) => error.keyword !== 'anyOf')
      .slice(0, 5)
      .map((error) => `${error.instancePath || '/'} ${error.message} ${error.params.unevaluatedProperty ?? ''} (${JSON.stringify(error.data)?.slice(0, 120)})`)
      .join('; ');
  }

  /** Holds an answer {status, type, text} against what the operation may answer. */
  check(operation, answer) {
    const { status, type, text } = answer;
    const documented = operation.responses[status] ?? (this.always.has(status) ? this.document.components.responses.Problem : undefined);
    assert(documented, `answers ${status}, which is not documented: ${text?.slice(0, 300)}`);
    if (!documented.content) {
      assert.equal(text, '', `${status} has a body`);
      return;
    }
    const media = documented.content[type];
    assert(media, `${status} comes as ${type}, not as ${Object.keys(documented.content).join(' or ')}: ${text?.slice(0, 300)}`);
    if (!/[/+]json$/.test(type)) return;
    const value = JSON.parse(text);
    const wrong = this.complaints(media.schema, value);
    assert.equal(wrong, '', `${status}'s document does not fit: ${wrong}`);
    if (type === 'application/problem+json') assert.equal(value.status, status, 'a problem tells another status than its own');
  }
}
