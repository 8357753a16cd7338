/**
 * How fast the project file is: import, encoding blocks, filters, views, pages, decisions, undo, and all that review asks of many pairs (`selecting.ts`).
 *
 *   node scripts/bench/store.ts [pairs, default 1000000]
 *
 * Synthetic and seeded; writes into a folder under the system's temporary one and removes it. The longest turn of the event loop is measured too.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Column } from '../../main/store/api.ts';
import { openProject } from '../../main/store/project.ts';
import { createGenerator, runOf, said } from '../../main/store/testing.ts';
import { benchFirstUses, benchSelecting } from './selecting.ts';

const size = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'dragoman-bench-'));
const say = (name: string, milliseconds: number, note = ''): void => void process.stdout.write(`${name.padEnd(66)} ${milliseconds.toFixed(1).padStart(10)} ms  ${note}\n`);

/** Longest time between two turns of the event loop while `body` runs, and the processor's own time, which others on the machine do not lengthen much. */
const timed = async <T>(name: string, body: () => T | Promise<T>, note: (result: T, milliseconds: number) => string = () => ''): Promise<T> => {
  let running = true;
  let longest = 0;
  let last = performance.now();
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setTimeout(tick, 1);
  };
  tick();
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await body();
  const milliseconds = performance.now() - start;
  running = false;
  longest = Math.max(longest, performance.now() - last);
  const { user, system } = process.cpuUsage(before);
  say(name, milliseconds, `processor ${((user + system) / 1_000).toFixed(0)} ms, longest turn ${longest.toFixed(0)} ms  ${note(result, milliseconds)}`);
  return result;
};
const perSecond = (count: number) => (_: unknown, milliseconds: number): string => `${Math.round(count / milliseconds)}k/s`;

const words = 'house river stone bright quickly under morning between letters answer garden winter people station music paper window early seven colour'.split(' ');
const sentence = (random: () => number, at: number): string => `${Array.from({ length: 10 }, () => words[Math.floor(random() * words.length)] ?? '').join(' ')} ${at}`;

try {
  const project = openProject(join(folder, 'bench.dragoman'), { create: true });
  const random = createGenerator(42);
  const before = process.memoryUsage().rss;
  const importOf = async (name: string, repeats: number): Promise<number> => {
    const id = project.collections.create({ name, kind: 'monolingual', language: 'en', targetLanguage: null });
    const writer = project.sentences.writer(id);
    let generated = 0;
    let longest = 0;
    for (let at = 0; at < size; at += 1) {
      const text = random() < repeats ? `A sentence that stands here again and again, number ${Math.floor(random() * 50_000)}.` : sentence(random, at);
      const start = performance.now();
      writer.add(text, null, 0, at + 1);
      const spent = performance.now() - start;
      generated += spent;
      longest = Math.max(longest, spent);
      if (at % 4_096 === 0) await new Promise((done) => setImmediate(done));
    }
    const start = performance.now();
    const { size: distinct, merged } = await writer.finish();
    generated += performance.now() - start;
    say(`import ${name}: ${size} lines (store only)`, generated, `${Math.round(size / generated)}k lines/s, ${distinct} distinct, ${merged} merged, longest batch ${longest.toFixed(0)} ms`);
    project.collections.finish(id, { counts: { lines: size, empty: 0, malformed: 0, merged, size: distinct }, files: [], columns: [], state: 'ready' });
    return id;
  };
  const source = await importOf('source', 0);
  await importOf('a third repeated', 1 / 3);
  const target = await importOf('target', 0);
  say('memory after both imports', (process.memoryUsage().rss - before) / 1024 / 1024, '(MB more, not ms)');
  await timed('texts of one side in blocks of 16,384', async () => {
    for (let from = 0; from < size; from += 16_384) {
      project.sentences.texts(source, from, 16_384);
      await new Promise((done) => setImmediate(done));
    }
  }, perSecond(size));
  await timed('ids of 20,000 sentences', () => project.sentences.ordinalsOfIds(source, Array.from({ length: 20_000 }, (_, at) => String(at * 7 % size + 1))));

  const run = project.runs.create(runOf({ source, target, cut: 1.06 })).id;
  const origin = { run };
  const margins = Float64Array.from({ length: size }, () => 0.9 + random() * 0.4);
  await timed(`write ${size} pairs`, async () => {
    const writer = project.pairs.writer(origin, { source, target });
    const ordinals = Uint32Array.from({ length: size }, (_, at) => at);
    for (let from = 0; from < size; from += 65_536) {
      writer.append(ordinals.subarray(from, from + 65_536), ordinals.subarray(from, from + 65_536).toReversed());
      await new Promise((done) => setImmediate(done));
    }
    return writer.finish();
  });
  const { first } = project.pairs.range(origin);
  const margin = project.columns.create({ origin, name: 'margin', kind: 'f64', producer: 'bench', signature: '' });
  const cosine = project.columns.create({ origin, name: 'cosine', kind: 'f64', producer: 'bench', signature: '' });
  const writeAll = async (column: Column, values: Float64Array): Promise<void> => {
    for (let from = 0; from < size; from += 65_536) {
      project.columns.write(column, first + from, values.subarray(from, from + 65_536));
      await new Promise((done) => setImmediate(done));
    }
  };
  await timed('write column margin (f64)', () => writeAll(margin, margins));
  await timed('write column cosine (f64)', () => writeAll(cosine, margins.map((value) => 1 - value / 3)));
  project.close();

  const again = await timed('open again', () => openProject(join(folder, 'bench.dragoman')));
  await timed('first rows after that', async () => again.views.page((await again.views.create({ origin, predicate: null, sort: null })).view, 0, 100).length, String);
  const wanted = { kind: 'all', of: [{ kind: 'number', column: 'margin', relation: '>=', value: 1.0 }, { kind: 'number', column: 'cosine', relation: '<', value: 0.65 }] } as const;
  await timed('count, two conditions (columns not in memory)', () => again.pairs.count(origin, wanted), (count) => `${count}`);
  await timed('count, two conditions', () => again.pairs.count(origin, wanted), (count) => `${count}`);
  await timed('count of kept', () => again.pairs.count(origin, { kind: 'kept', value: true }), (count) => `${count}`);
  await timed('histogram of 50 bins, kept', () => again.pairs.histogram({ origin, column: 'margin', bins: 50, minimum: null, maximum: null, predicate: { kind: 'kept', value: true } }));
  const view = await timed('view: filter and sort by margin', () => again.views.create({ origin, predicate: wanted, sort: { column: 'margin', descending: true } }), ({ count }) => `${count}`);
  const all = await timed('view: all, sort by margin', () => again.views.create({ origin, predicate: null, sort: { column: 'margin', descending: true } }), ({ count }) => `${count}`);
  await timed('page of 100 rows (cold)', () => again.views.page(view.view, Math.floor(view.count / 2), 100));
  await timed('page of 100 rows', () => again.views.page(all.view, Math.floor(all.count / 3), 100));
  await timed('page of 500 rows', () => again.views.page(all.view, Math.floor(all.count / 5), 500));
  await timed('locate, 1,000 times', () => { for (let at = 0; at < 1_000; at += 1) again.views.locate(all.view, 0.9 + at / 2_500); });
  await timed('count, text in either side, any case', () => again.pairs.count(origin, { kind: 'text', side: 'either', contains: 'River Stone', matchCase: false }), (count) => `${count}`);
  await timed('count, text in one side, match case', () => again.pairs.count(origin, { kind: 'text', side: 'target', contains: 'winter winter', matchCase: true }), (count) => `${count}`);
  await benchSelecting(again, origin, 'river', timed);
  const ids = again.views.ids(all.view, 0, size).toSorted();
  const about = { title: 'bench', annotator: 'bench' };
  await timed('first decision', () => again.operations.run(about, (recorder) => recorder.judge(origin, ids.slice(0, 1), said('accept'))));
  await timed('100 single decisions', async () => { for (let at = 0; at < 100; at += 1) await again.operations.run(about, (recorder) => recorder.judge(origin, ids.slice(at * 97, at * 97 + 1), said('accept'))); });
  await timed('decide all pairs', () => again.operations.run(about, (recorder) => recorder.judge(origin, ids, said('reject'))));
  await timed('undo', () => again.operations.undo());
  await timed('redo', () => again.operations.redo());
  await timed('save a copy', () => again.saveCopy(join(folder, 'copy.dragoman')), ({ bytes }) => `${Math.round(bytes / 1024 / 1024)} MB`);
  again.close();
  await benchFirstUses(() => openProject(join(folder, 'bench.dragoman')), origin, 'river', timed);
  say('size of the file', statSync(join(folder, 'bench.dragoman')).size / 1024 / 1024, '(MB, not ms)');
  say('peak memory', process.resourceUsage().maxRSS / 1024, '(MB, not ms)');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
