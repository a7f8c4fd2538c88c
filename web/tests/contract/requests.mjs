// SPDX-License-Identifier: Apache-2.0
// How each operation of the contract is asked well, in an order in which later ones find what earlier
// ones brought. `request`: what is asked, or a function of what is known by now, null where something
// needed is not there. `then`: looks at the answer. `once`: is not asked badly, too.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hear_over } from './ear.mjs';
import { tune } from './tune.mjs';

const kRelease = 4711; // one that nobody has
const kCsv = [
  'Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,CollectionFolder,Date Added,Collection Media Condition,Collection Sleeve Condition,Collection Notes',
  'CL 1355,Miles Davis,Kind Of Blue,Columbia,"LP, Album",5,1959,1001,Shelf,2026-03-01 10:00:00,Very Good Plus (VG+),Very Good (VG),from Hans',
  'T 1,The Contract,Answers Well,Made Up,"LP, Album",,1974,1002,Shelf,2026-03-02 10:00:00,Near Mint (NM or M-),,',
  'x,Nobody,No Number,None,LP,,1999,not a number,Shelf,2026-03-03 10:00:00,,,',
].join('\r\n');

/** What is there before the server is: a catalog, a library with a record, a listen that is owed. */
export async function furnish(house, known) {
  known.house = house;
  known.photo = house.shelf();
  known.recording = house.recording('side.wav', 20, 5);
  const music = join(house.folder, 'music');
  mkdirSync(music);
  known.tune = join(music, '1.wav');
  writeFileSync(known.tune, tune(75, { INAM: 'First Answer', IART: 'the contract', IPRD: 'Answers well' }));
  writeFileSync(join(music, 'cover.png'), readFileSync(new URL('../../public/icons/spindle-192.png', import.meta.url)));
  house.run('--quiet', 'library', 'add', music);
  const accounts = join(house.folder, 'config', 'spindle');
  mkdirSync(accounts, { recursive: true, mode: 0o700 });
  writeFileSync(join(accounts, 'scrobble-made-up'), 'family listenbrainz\nprofile made-up\nurl http://127.0.0.1:9\ntoken none\n', { mode: 0o600 });
  house.run('scrobble', 'add', '--artist', 'Kraftwerk', '--title', 'Autobahn', '--album', 'Autobahn', '--service', 'made-up', '--started', '2026-11-01 15:20');
  // A record played in the house, with music that nobody knows after it.
  known.stranger = house.recording('stranger.wav', 70, 0);
  house.run('--quiet', 'listen', '--input', known.tune, '--no-scrobble', '--start', '2026-11-20T20:15:00Z');
  assert.throws(() => house.run('--quiet', 'listen', '--input', known.stranger, '--no-scrobble', '--start', '2026-11-20T21:15:00Z')); // it says by its status that it knew nothing
}

const json = (value) => ({ type: 'application/json', body: JSON.stringify(value) });
const scan = (more) => (known) => (known.scan ? { in_path: { id: known.scan, ...more } } : null);
const grading = (query) => (known) => ({ in_path: { id: known.grading }, query });
const kNoShelf = 'no made-up shelf (spindle-make-dump, spindle-make-shelf)';
const kNeedsScan = { needs: kNoShelf };
const value_of = (answer) => JSON.parse(answer.text);

const one_import = (known) => ({ in_path: { id: known.import } });
const one_look = (known) => ({ in_path: { id: known.look } });

/** Asks with a list of good ways, one after the other. */
const also = (...requests) => async (answer, known, { asked }) => {
  for (const request of requests) {
    const more = await asked(request);
    assert(more.status < 300, `${JSON.stringify(request.query)} answers ${more.status}: ${more.text?.slice(0, 200)}`);
  }
};

export const kInOrder = [
  { name: 'health', then: (answer) => assert.equal(value_of(answer).status, 'ok') },
  { name: 'metrics', then: (answer) => assert.match(answer.text, /^# TYPE \w+ (counter|gauge|histogram)$/m) },
  { name: 'contract' },
  { name: 'settings', then: (answer) => assert(value_of(answer).library.tracks >= 1) },
  {
    name: 'changeSettings',
    request: json({ covers_from_internet: false }),
    then: (answer) => assert.deepEqual([value_of(answer).covers_from_internet, value_of(answer).covers_set_by], [false, 'page']),
  },

  {
    name: 'pair',
    request: { expect: 201 },
    then: (answer, known) => (known.pairing = value_of(answer).token),
  },
  {
    name: 'openSession',
    request: (known) => ({ ...json({ token: known.pairing, name: 'a phone' }), expect: 201 }),
    then: async (answer, known, { asked }) => {
      known.device = value_of(answer);
      assert.match(answer.headers.get('set-cookie'), /^spindle=.*HttpOnly; SameSite=Strict/);
      const again = await asked({ ...json({ token: known.pairing, name: 'another' }) });
      assert.equal(again.status, 401, 'a pairing token is good for once');
    },
  },
  {
    name: 'session',
    request: (known) => ({ headers: { authorization: `Bearer ${known.device.token}`, 'x-forwarded-for': '192.0.2.7' } }),
    then: async (answer, known, { asked }) => {
      assert.equal(value_of(answer).owner, false);
      assert.equal(value_of(answer).device.id, known.device.id);
      assert.equal(value_of(await asked({})).owner, true);
    },
  },
  { name: 'devices', then: (answer) => assert.equal(value_of(answer).length, 1) },

  { name: 'catalogState', then: (answer, known) => assert(known.photo === null || value_of(answer).releases > 0) },
  {
    name: 'catalogSearch',
    needs: kNoShelf,
    request: (known) => (known.photo ? { query: { q: 'love', limit: 5 } } : null),
    then: (answer, known) => {
      known.release = value_of(answer)[0].pressings[0].release_id;
    },
  },
  { name: 'catalogRelease', needs: kNoShelf, request: (known) => (known.release ? { in_path: { release: known.release } } : null) },
  { name: 'quotes', request: { in_path: { release: kRelease }, there_always: true } },

  {
    name: 'scan',
    needs: kNoShelf,
    request: (known) => (known.photo ? { type: 'image/jpeg', body: readFileSync(known.photo), query: { format: 'any', asking: 2, grade: 'VG+', offline: 'true', threshold: 0.8, wait: 0, answer: 'document' }, expect: 202 } : null),
    then: async (answer, known, { asked, follow }) => {
      known.scan = value_of(answer).id;
      assert.equal(answer.headers.get('location'), `/api/scans/${known.scan}`);
      const seen = await follow('scanEvents', known.scan);
      for (const name of ['progress', 'photo', 'spines', 'disc', 'remark', 'state']) known[`seen_${name}`] = seen.some((event) => event.name === name);
      for (const name of ['progress', 'photo', 'spines', 'disc', 'state']) assert(known[`seen_${name}`], `no event ${name}`);
      // A photo whose end is missing: what is said of that has its place in the contract, too.
      const broken = await asked({ type: 'image/jpeg', body: readFileSync(known.photo).subarray(0, 400), query: { offline: 'true' } });
      const told = await follow('scanEvents', value_of(broken).id, 'failed');
      assert(JSON.parse(told.at(-1).data).error.message, 'no word of why');
      // A form, and the answer at the end of it: as a Shortcut asks.
      const form = new FormData();
      form.set('photo', new Blob([readFileSync(known.photo)], { type: 'image/jpeg' }), 'shelf.jpg');
      form.set('offline', 'true');
      const waited = await asked({ query: { wait: 120 }, body: form });
      assert.equal(waited.status, 200, waited.text?.slice(0, 300));
      assert(value_of(waited).discs.length > 0);
      const picture = await asked({ type: 'image/jpeg', body: readFileSync(known.photo), query: { wait: 120, offline: 'true', answer: 'photo' } });
      assert.equal(picture.type, 'image/jpeg', picture.text?.slice(0, 300));
    },
  },
  { name: 'scans', request: { query: { limit: 2 } } },
  { name: 'scanJob', ...kNeedsScan, request: scan(), then: (answer, known) => (known.disc = value_of(answer).scan.discs[0].number) },
  { name: 'scanEvents', ...kNeedsScan, request: scan() },
  {
    name: 'scanPhoto',
    ...kNeedsScan,
    request: (known) => (known.scan ? { in_path: { id: known.scan, index: 0 }, query: { marked: 'false', width: 640 } } : null),
    then: (answer, known, { asked }) => also({ in_path: { id: known.scan, index: 0 }, query: { marked: 'true' } }, { in_path: { id: known.scan, index: 0 } })(answer, known, { asked }),
  },
  {
    name: 'scanSheet',
    ...kNeedsScan,
    request: (known) => (known.scan ? { in_path: { id: known.scan }, query: { page: 1 } } : null),
    then: async (answer, known, { asked }) => assert.equal((await asked({ in_path: { id: known.scan }, query: { page: 1000 } })).status, 404),
  },
  { name: 'scanStrip', ...kNeedsScan, request: (known) => scan({ number: known.disc })(known) },
  {
    name: 'correct',
    ...kNeedsScan,
    request: (known) => (known.scan ? { in_path: { id: known.scan, number: known.disc }, ...json({ release_id: kRelease, nothing: false, text: 'what is printed there' }) } : null),
  },
  { name: 'corrections', then: (answer, known) => assert(!known.scan || answer.text.split('\n').filter(Boolean).every((line) => JSON.parse(line).scan)) },

  {
    name: 'addCopy',
    request: { ...json({ release_id: kRelease, folder: 'Shelf', media_condition: 'VG+', sleeve_condition: 'VG', notes: 'from Hans' }), expect: 201 },
  },
  {
    name: 'importCollection',
    request: { type: 'text/csv', body: kCsv },
    then: (answer) => assert.equal(value_of(answer).troubles.length, 1),
  },
  {
    name: 'collection',
    request: { query: { q: 'kind of', folder: 'Shelf' } },
    then: async (answer, known, { asked }) => {
      await also({ query: { q: 'nothing of that' } })(answer, known, { asked });
      const copies = value_of(await asked({}));
      const [heard] = copies.filter((copy) => copy.release_id === 1002); // the record that was played
      assert(heard.plays > 0 && heard.last_played?.startsWith('2026-11-20T20:1'), JSON.stringify(heard));
      assert.equal(copies.find((copy) => copy.release_id === 1001).plays, 0);
    },
  },
  { name: 'exportCollection', then: (answer) => assert.match(answer.text, /Kind Of Blue/) },
  { name: 'addWant', request: { ...json({ release_id: kRelease, notes: 'the first pressing' }), expect: 201 } },
  { name: 'wants', then: (answer) => assert.equal(value_of(answer).length, 1) },

  { name: 'newStylus', request: { ...json({ name: 'AT-VM95E' }), expect: 201 } },
  { name: 'styli', then: (answer) => assert.equal(value_of(answer).length, 2) },
  { name: 'plays', request: { query: { days: 36500, limit: 10 } }, then: (answer) => assert(value_of(answer).length > 0, 'nothing was recognised') },
  { name: 'playsSummary', request: { query: { days: 36500 } }, then: (answer) => assert(value_of(answer).records.length > 0) },
  {
    name: 'unknown',
    then: (answer, known) => {
      assert(value_of(answer).length > 0, 'no unknown music was heard');
      known.unknown = value_of(answer)[0].unknown_id;
    },
  },
  {
    name: 'unknownSession',
    request: (known) => ({ in_path: { unknown: known.unknown } }),
    then: (answer) => assert.equal(value_of(answer).tracks.length, 1),
  },
  {
    name: 'nameUnknown',
    request: (known) => ({ in_path: { unknown: known.unknown }, ...json({ artist: 'The Strangers', title: 'White Label', side: 'B', tracks: [{ title: 'Hello', begins_s: null }] }) }),
    then: async (answer, known, { asked }) => {
      const { unknown, record, tracks, because } = value_of(answer);
      assert.equal(unknown.name, 'The Strangers - White Label, side B');
      assert.equal(because, null);
      assert.equal(record.tracks[0].title, 'Hello');
      assert.equal(tracks.length, 1);
      for (const bad of [{ title: 'x', side: 'b' }, { title: 'x', tracks: [{ begins_s: -1 }] }, { title: 'x', tracks: Array(100).fill({}) }, { title: 'x', tracks: [{ title: 'a' }, { title: 'b', begins_s: 86400 }] }])
        assert.equal((await asked({ in_path: { unknown: known.unknown }, ...json(bad) })).status, 400, JSON.stringify(bad));
      // Another name, and it is that record alone.
      assert.equal(value_of(await asked({ in_path: { unknown: known.unknown }, ...json({ title: 'Test Pressing' }) })).unknown.name, 'Test Pressing');
    },
  },
  {
    // What a real ear sends goes through us; its first batch is then sent again, as after a cut line.
    name: 'hear',
    request: (known) => ({ in_path: { stream: known.stream }, there_always: true, type: 'application/octet-stream', body: known.batch }),
    before: async (known, { house, check }) => {
      const { batches } = await hear_over(house, known.tune, (answer) => check(answer));
      assert(batches.length > 0, 'the ear sent nothing');
      [{ stream: known.stream, body: known.batch }] = batches;
    },
    then: (answer) => assert(value_of(answer).next > 0),
  },
  {
    name: 'listening',
    then: (answer) => assert.equal(value_of(answer).active, true, 'an ear sent just now'),
  },
  { name: 'listeningEvents', request: { until: (event, events) => ['play', 'listening'].every((name) => events.some((one) => one.name === name)) } },
  { name: 'endStream', request: (known) => ({ in_path: { stream: known.stream }, there_always: true }) },
  {
    name: 'outbox',
    request: { query: { state: 'all', limit: 5 } },
    then: (answer, known) => {
      const { listens, services } = value_of(answer);
      assert(services.length > 0);
      known.listen = listens[0].id;
    },
  },
  { name: 'editListen', request: (known) => ({ in_path: { listen: known.listen }, ...json({ artist: 'Kraftwerk', title: 'Autobahn', album: 'Autobahn' }) }) },
  { name: 'retryListen', request: (known) => ({ in_path: { listen: known.listen } }) },
  {
    name: 'records',
    request: { query: { limit: 5 } },
    then: (answer, known) => {
      const [record, ...others] = value_of(answer);
      assert.deepEqual(others.map((one) => one.album), ['Test Pressing'], 'music that got a name, under the last one it got');
      known.record = record.record_id;
      known.track = record.tracks[0].track_id;
    },
  },
  {
    name: 'trackCover',
    request: (known) => ({ in_path: { track: known.track } }),
    then: async (answer, known, { asked }) => {
      assert.deepEqual([...answer.bytes.subarray(0, 3)], [0xff, 0xd8, 0xff], 'a PNG lies there, a JPEG comes');
      const part = await asked({ in_path: { track: known.track }, headers: { range: 'bytes=0-2' } });
      assert.equal(part.status, 206);
      assert.equal((await asked({ in_path: { track: known.track }, headers: { range: 'bytes=999999999-' } })).status, 416);
    },
  },
  { name: 'recordCover', request: (known) => ({ in_path: { record: known.record } }) },
  {
    name: 'titleCover',
    request: { query: { artist: 'The Contract', title: 'answers WELL' } },
    then: async (answer, known, { asked }) => {
      assert.deepEqual([...answer.bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
      assert.equal((await asked({ query: { artist: 'The Contract', title: 'Keeps Silent' } })).status, 204);
    },
  },

  {
    name: 'grade',
    request: (known) => ({ type: 'audio/wav', body: readFileSync(known.recording), query: { name: 'a side', side: 'A', release: kRelease }, expect: 202 }),
    then: async (answer, known, { asked, follow }) => {
      known.grading = value_of(answer).id;
      await follow('gradingEvents', known.grading);
      const form = new FormData();
      form.set('recording', new Blob([readFileSync(known.recording)], { type: 'audio/wav' }), 'side.wav');
      const other = await asked({ body: form });
      assert.equal(other.status, 202);
      known.other_grading = value_of(other).id;
    },
  },
  { name: 'grades', then: (answer) => assert.deepEqual(value_of(answer).figures.map((one) => one.ranges.length), [7, 7, 7, 7]) },
  { name: 'gradings', request: { query: { limit: 5 } } },
  { name: 'grading', request: grading(), then: (answer) => assert.equal(value_of(answer).state, 'done') },
  { name: 'gradingEvents', request: grading() },
  {
    name: 'gradingAudio',
    request: grading(),
    then: async (answer, known, { asked }) => {
      assert.equal(answer.bytes.length, readFileSync(known.recording).length);
      const part = await asked({ ...grading()(known), headers: { range: 'bytes=4-7' } });
      assert.equal(part.status, 206);
      assert.deepEqual(part.bytes, answer.bytes.subarray(4, 8));
      assert.equal((await asked({ ...grading()(known), headers: { range: 'bytes=999999999-' } })).status, 416);
    },
  },
  { name: 'waveform', request: grading({ points: 200, from_s: 1, to_s: 9.5 }), then: (answer) => assert(value_of(answer).low.length <= 200) },
  { name: 'gradingPlot', request: grading({ picture: 'spectrogram' }), then: (answer, known, { asked }) => also(grading({ picture: 'side' })(known))(answer, known, { asked }) },
  { name: 'gradingLabels', request: grading() },

  { name: 'dumps', then: (answer) => assert(value_of(answer).free_bytes > 0) },
  {
    name: 'dumpOffer',
    before: async (known, { house }) => (known.month = house.dumps.month),
    request: (known) => ({ query: { month: known.month } }),
    then: async (answer, known, { asked }) => {
      assert.equal(value_of(answer).month, known.month);
      assert(value_of(await asked({ query: { month: '1990-01' } })).why, 'no word of why');
    },
  },
  {
    name: 'importCatalog',
    request: (known) => ({ ...json({ from: 'server', month: known.month, masters: false, keep_file: true, formats: '' }), expect: 202 }),
    then: async (answer, known, { asked, follow }) => {
      known.import = value_of(answer).id;
      assert.equal(answer.headers.get('location'), `/api/catalog/imports/${known.import}`);
      assert.equal((await asked({ ...json({ from: 'server' }) })).status, 503, 'one at a time');
      assert((await follow('importEvents', known.import)).some((event) => event.name === 'progress'));
      const [file] = readdirSync(join(known.house.data, 'dumps')).filter((name) => name.endsWith('.gz'));
      const again = await asked({ ...json({ from: 'dump', file }) });
      assert.equal(again.status, 202, again.text);
      await follow('importEvents', value_of(again).id);
    },
  },
  { name: 'imports', request: { query: { limit: 5 } }, then: (answer) => assert.equal(value_of(answer).length, 2) },
  { name: 'catalogImport', request: one_import, then: (answer) => assert(value_of(answer).import.releases > 0) },
  { name: 'importEvents', request: one_import },
  { name: 'cancelImport', request: one_import, then: (answer) => assert.equal(value_of(answer).state, 'done', 'what is over stays as it is') },
  {
    name: 'importList',
    request: { type: 'text/csv', body: 'artist,title,format\nAnn,Kitchen Tapes,LP\n', query: { name: 'own.csv' }, expect: 202 },
    then: async (answer, known, { asked, follow }) => {
      await follow('importEvents', value_of(answer).id);
      const form = new FormData();
      form.set('list', new Blob(['artist\ttitle\nBen\tShed\n']), 'shed.tsv');
      const other = await asked({ body: form });
      assert.equal(other.status, 202, other.text);
      assert.equal(value_of(other).name, 'shed.tsv');
    },
  },

  { name: 'folders', then: (answer) => assert.equal(value_of(answer)[0].files, 1) },
  {
    name: 'look',
    request: (known) => ({ ...json({ path: join(known.house.folder, 'music'), retry: false }), expect: 202 }),
    then: async (answer, known, { asked, follow }) => {
      known.look = value_of(answer).id;
      const seen = await follow('lookEvents', known.look);
      assert.equal(JSON.parse(seen.at(-1).data).counts.unchanged, 1);
      const all = await asked({ ...json({}) });
      assert.equal(all.status, 202, all.text);
      assert.equal((await asked({ ...json({ path: '/nowhere/at/all' }) })).status, 404);
    },
  },
  { name: 'looks', request: { query: { limit: 5 } } },
  { name: 'lookJob', request: one_look, then: (answer) => assert.equal(value_of(answer).look.unchanged, 1) },
  { name: 'lookEvents', request: one_look },
  { name: 'cancelLook', request: one_look },
  {
    // Named without a slash and with one: a folder is called as the list calls it.
    name: 'forgetFolder',
    before: async (known, { house }) => {
      known.old = join(house.folder, 'old');
      mkdirSync(known.old);
      writeFileSync(join(known.old, '1.wav'), tune(20, { INAM: 'Gone', IART: 'the contract', IPRD: 'Forgets' }, 3));
      house.run('--quiet', 'library', 'add', known.old);
    },
    request: (known) => ({ query: { path: known.old }, expect: 202 }),
    then: async (answer, known, { asked, follow }) => {
      const { id } = value_of(answer);
      assert.equal(answer.headers.get('location'), `/api/library/looks/${id}`);
      assert.equal(JSON.parse((await follow('lookEvents', id)).at(-1).data).counts.forgotten, 1);
      assert.equal((await asked({ query: { path: known.old } })).status, 404);
    },
  },
  { name: 'kept', then: (answer) => assert(value_of(answer).gradings.bytes > 0) },
];

/** What takes away again. */
export const kAtLast = [
  { name: 'dropImport', request: one_import },
  { name: 'dropLook', request: one_look },
  { name: 'dropScan', ...kNeedsScan, request: scan() },
  { name: 'dropGrading', request: (known) => ({ in_path: { id: known.other_grading } }) },
  { name: 'dropListen', request: (known) => ({ in_path: { listen: known.listen } }) },
  { name: 'dropWant', request: { in_path: { release: kRelease } } },
  { name: 'revoke', request: (known) => ({ in_path: { id: known.device.id } }) },
  { name: 'dropKept', request: { query: { kind: 'all', older_than_days: 0 } }, then: (answer) => assert(value_of(answer).removed > 0) },
  { name: 'closeSession' },
];
