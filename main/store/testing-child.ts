/**
 * A second process for the tests: opens a project, starts something, says so on stdout, and goes on until it is killed.
 *
 *   node testing-child.ts hold|import|decide|undo|judge|edit|cancel-edit|undo-edit PATH
 */
import { appendFileSync } from 'node:fs';
import { openProject } from './project.ts';
import { said } from './testing.ts';

const [what, path] = process.argv.slice(2);
if (path === undefined) throw new Error('testing-child needs a path');
const project = openProject(path, { create: true });
const ready = (): void => void process.stdout.write('ready\n');

if (what === 'hold') {
  ready();
  setInterval(() => undefined, 1_000);
}

if (what === 'import') {
  const id = project.collections.create({ name: 'half', kind: 'monolingual', language: 'de', targetLanguage: null });
  project.jobs.create({ kind: 'import', title: 'Import half', state: 'running', stages: [], progress: 0, secondsLeft: null, startedAt: 0, endedAt: null, run: null, collection: id, pausable: false, failure: null }, { name: 'half' });
  const writer = project.sentences.writer(id);
  for (let at = 0; ; at += 1) {
    writer.add(`Satz ${at} ${'x'.repeat(at % 50)}`, null, 0, at + 1);
    if (at === 30_000) ready();
    if (at % 1_000 === 0) await new Promise((done) => setImmediate(done));
  }
}

const allPairs = () => {
  const run = project.runs.list()[0];
  if (run === undefined) throw new Error('the project has no run');
  const origin = { run: run.id };
  const { first, count } = project.pairs.range(origin);
  return { origin, count, ids: Uint32Array.from({ length: count }, (_, at) => first + at) };
};

if (what === 'decide' || what === 'undo') {
  const { origin, count, ids } = allPairs();
  await project.operations.run({ title: 'Rejected all', annotator: 'child' }, async (recorder) => {
    for (let from = 0; what === 'decide' || from < count; from += 1_000) {
      await recorder.judge(origin, ids.subarray(from % count, from % count + 1_000), said('reject'));
      if (what === 'decide' && from === 20_000) ready();
      await new Promise((done) => setImmediate(done));
    }
  });
  const undoing = project.operations.undo();
  await new Promise((done) => setImmediate(done));
  ready();
  await undoing;
}

if (what === 'judge') {
  const { origin, ids } = allPairs();
  const annotator = project.reviews.annotators()[0]?.id ?? 0;
  for (const [at, id] of ids.entries()) {
    await project.operations.run({ title: 'Rejected', annotator: 'child' }, (recorder) => { void recorder.judge(origin, Uint32Array.of(id), { judge: annotator, decision: 'reject', label: 'A', reason: null, at }); });
    appendFileSync(`${path}.told`, `${id}\n`);
    if (at === 3) ready();
  }
}

if (what === 'edit') {
  const { origin, ids } = allPairs();
  await project.operations.run({ title: 'Replaced all', annotator: 'child', bulk: true }, async (recorder) => {
    for (let round = 0; ; round += 1) {
      for (let from = 0; from < ids.length; from += 4_096) {
        const part = ids.subarray(from, from + 4_096);
        await recorder.setTexts(origin, part, { source: Array.from(part, (id) => `${round} ${id}`) });
        if (from === 8_192 && round === 0) ready();
      }
    }
  });
}

if (what === 'cancel-edit') {
  const { origin, ids } = allPairs();
  const stop = new AbortController();
  await project.operations.run({ title: 'Replaced all', annotator: 'child', bulk: true, signal: stop.signal }, async (recorder) => {
    await recorder.setTexts(origin, ids, { source: Array.from(ids, (id) => `neu ${id}`) });
    stop.abort();
    stop.signal.throwIfAborted();
  }).catch(() => undefined);
  ready();
  await project.operations.settled();
  setInterval(() => undefined, 1_000);
}

if (what === 'undo-edit') {
  const undoing = project.operations.undo();
  await new Promise((done) => setImmediate(done));
  ready();
  await undoing;
}
