// SPDX-License-Identifier: Apache-2.0
// Requests by their place in the contract.

/** {method, path with {names}, in_path, query, headers, body, type} to what fetch takes. */
export function target_of(base, { path, in_path = {}, query = {} }) {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(in_path[name]));
  const words = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return base + filled + (words.length > 0 ? `?${words.join('&')}` : '');
}

export async function ask(base, request) {
  const headers = { ...request.headers, connection: 'close' }; // not on one that the server may be closing
  if (request.body !== undefined && request.type) headers['content-type'] = request.type;
  const answer = await fetch(target_of(base, request), { method: request.method, headers, body: request.body, redirect: 'manual' });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const type = (answer.headers.get('content-type') ?? '').split(';')[0].trim();
  return { status: answer.status, type, headers: answer.headers, bytes, text: /^(image|audio)|octet/.test(type) ? undefined : bytes.toString('utf8') };
}

/** Events as they come, each {id, name, data}, until `until` says that it is enough, or the end. */
export async function events_of(base, request, until = () => false, seconds = 240) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error(`no end of ${request.path} within ${seconds} s`)), seconds * 1000);
  const events = [];
  try {
    const answer = await fetch(target_of(base, request), { headers: { ...request.headers }, signal: stop.signal });
    if (answer.status !== 200 || !answer.headers.get('content-type').startsWith('text/event-stream'))
      throw new Error(`${request.path} answers ${answer.status}, ${answer.headers.get('content-type')}`);
    const decoder = new TextDecoder();
    let text = '';
    for await (const piece of answer.body) {
      text += decoder.decode(piece, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const field = (name) => lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
        if (field('data').length === 0) continue; // a heartbeat, or when to come again
        const event = { id: Number(field('id')[0]), name: field('event')[0], data: field('data').join('\n') };
        events.push(event);
        if (until(event, events)) {
          stop.abort();
          return { events, over: false };
        }
      }
    }
    return { events, over: true };
  } catch (error) {
    if (stop.signal.aborted && stop.signal.reason instanceof Error && stop.signal.reason.name === 'AbortError') return { events, over: false };
    throw stop.signal.reason ?? error;
  } finally {
    clearTimeout(timer);
  }
}
