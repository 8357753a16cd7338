/**
 * How fast judging and editing are: a decision, undo, bulk decisions and replacements over all pairs, and what a history holds.
 *
 *   node --max-semi-space-size=4 scripts/bench/review.ts [pairs, default 1000000] [judge,decide,expression,expressions,both,swap,import,restart: default all]
 *
 * The flag is the one the workbench runs with. Synthetic and seeded; writes into a folder under the system's temporary one and removes it. The longest turn of the event loop is measured too.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { BulkAction } from '../../main/contract/review-bulk.ts';
import { createReviewService, createTeamService } from '../../main/services/review/index.ts';
import { openGate } from '../../main/services/project/index.ts';
import { openProject } from '../../main/store/project.ts';
import { createGenerator, runOf } from '../../main/store/testing.ts';

const size = Number(process.argv[2] ?? 1_000_000);
const wanted = new Set((process.argv[3] ?? 'judge,decide,expression,expressions,both,swap,import,restart').split(','));
const folder = mkdtempSync(join(tmpdir(), 'dragoman-bench-'));
const path = join(folder, 'bench.dragoman');
const say = (name: string, milliseconds: number, note = ''): void => void process.stdout.write(`${name.padEnd(52)} ${milliseconds.toFixed(1).padStart(10)} ms  ${note}\n`);

/** The longest time the event loop was kept from turning while `body` ran (5 ms are the measure's own), and the processor's own time, which others on the machine do not lengthen much. */
const timed = async <T>(name: string, body: () => T | Promise<T>, note: (result: T) => string = () => ''): Promise<T> => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await new Promise((go) => { setTimeout(go, 20); });
  delay.reset();
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await body();
  const { user, system } = process.cpuUsage(before);
  const milliseconds = performance.now() - start;
  await new Promise((go) => { setTimeout(go, 10); });
  delay.disable();
  say(name, milliseconds, `longest turn ${(delay.max / 1e6).toFixed(0)} ms, 99.9 % ${(delay.percentile(99.9) / 1e6).toFixed(0)} ms, processor ${((user + system) / 1_000).toFixed(0)} ms  ${note(result)}`);
  return result;
};

const words = 'house river stone bright quickly under morning between letters answer garden winter people station music paper window early seven colour'.split(' ');
const sentence = (random: () => number, at: number): string => `${Array.from({ length: 10 }, () => words[Math.floor(random() * words.length)] ?? '').join(' ')} ${at}`;

try {
  let project = openProject(path, { create: true });
  const random = createGenerator(42);
  const importOf = async (name: string): Promise<number> => {
    const id = project.collections.create({ name, kind: 'monolingual', language: 'en', targetLanguage: null });
    const writer = project.sentences.writer(id);
    for (let at = 0; at < size; at += 1) writer.add(sentence(random, at), null, 0, at + 1);
    const { size: distinct, merged } = await writer.finish();
    project.collections.finish(id, { counts: { lines: size, empty: 0, malformed: 0, merged, size: distinct }, files: [], columns: [], state: 'ready' });
    return id;
  };
  const [source, target] = [await importOf('source'), await importOf('target')];
  const origin = { run: project.runs.create(runOf({ source, target, cut: 1 })).id };
  const writer = project.pairs.writer(origin, { source, target });
  // Sources in order, targets as mining finds them: anywhere.
  writer.append(Uint32Array.from({ length: size }, (_, at) => at), Uint32Array.from({ length: size }, () => Math.floor(random() * size)));
  const { first } = writer.finish();
  const margin = project.columns.create({ origin, name: 'margin', kind: 'f64', producer: 'bench', signature: '' });
  project.columns.write(margin, first, Float64Array.from({ length: size }, () => 0.8 + random() * 0.6));
  say('project of so many pairs', size, '(pairs, not ms)');

  const service = createReviewService({ project: () => project, now: Date.now, touched: () => undefined });
  const call = { signal: new AbortController().signal, item: async () => undefined };
  const [anna, ben] = [project.reviews.addAnnotator('anna', 0).id, project.reviews.addAnnotator('ben', 0).id];
  const judge = (annotator: number, pair: number) => service['review.judge']({
    origin, pairs: [pair], annotator, decision: 'none', label: { scheme: 'elrc', path: [['L', 'A', 'V'][pair % 3] ?? 'V'] }, reason: null, adjudicate: false,
  }, call);
  await timed('first decision', () => judge(anna, first));
  const judging = async (): Promise<void> => {
    const latencies: number[] = [];
    await timed('5,000 decisions with a label, two annotators', async () => {
      for (let at = 0; at < 5_000; at += 1) {
        const start = performance.now();
        await judge(at % 2 === 0 ? anna : ben, first + Math.floor(random() * size));
        latencies.push(performance.now() - start);
        await new Promise((go) => { setImmediate(go); });
      }
    }, () => {
      const sorted = latencies.toSorted((left, right) => left - right);
      return `each: median ${(sorted[2_500] ?? 0).toFixed(2)}, 99 % ${(sorted[4_950] ?? 0).toFixed(2)}, longest ${(sorted[4_999] ?? 0).toFixed(2)} ms`;
    });
    await timed('undo of 100 of them', async () => { for (let at = 0; at < 100; at += 1) await project.operations.undo(); });
    await timed('history of a pair', () => service['review.history']({ origin, pair: first, annotator: anna }, call));
  };
  if (wanted.has('judge')) await judging();

  const bulk = async (name: string, action: BulkAction): Promise<void> => {
    const scope = { origin, predicate: null, action, excluded: [], annotator: anna };
    if (action.kind !== 'decide') await timed(`${name}: preview`, () => service['review.bulkPreview']({ ...scope, sample: 50, seed: 1 }, call), ({ changing, places }) => `${changing} changing, ${places} places`);
    await timed(name, () => service['review.bulkApply'](scope, call), ({ changed }) => `${changed} changed`);
    await timed(`${name}: undo`, () => project.operations.undo());
    await timed(`${name}: redo`, () => project.operations.redo());
  };
  if (wanted.has('decide')) await bulk('decide all', { kind: 'decide', decision: 'accept', reason: null });
  const replace = { kind: 'replace', side: 'target', matchCase: true, wholeWord: false, wholeGraphemes: true } as const;
  if (wanted.has('expression')) await bulk('replace by an expression in all targets', { ...replace, find: String.raw`(\d+)$`, with: 'no. $1', regex: true });
  if (wanted.has('expressions')) await bulk('replace by an expression in all sources and targets', { ...replace, side: 'both', find: String.raw`(\d+)$`, with: 'no. $1', regex: true });
  if (wanted.has('both')) await bulk('replace a text in all sources and targets', { ...replace, side: 'both', find: ' ', with: '  ', regex: false });
  if (wanted.has('swap')) await bulk('swap all', { kind: 'swap' });
  const importing = async (): Promise<void> => {
    const team = createTeamService({ project: () => project, now: Date.now, gate: openGate([folder]), annotator: 'anna' });
    const count = Math.min(size, 100_000);
    const ids = Uint32Array.from({ length: count }, (_, at) => first + at * Math.floor(size / count));
    const { source: sources, target: targets } = project.pairs.texts(origin, ids).original;
    const table = (name: string, header: string, cells: (at: number) => readonly (string | number)[]): string => {
      const file = join(folder, name);
      writeFileSync(file, `${header.replaceAll(' ', '\t')}\n${Array.from(ids, (_, at) => cells(at).join('\t')).join('\n')}\n`);
      return file;
    };
    const word = (at: number): string => ['accept', 'reject', 'unsure'][at % 3] ?? '';
    const imported = (name: string, file: string) => timed(`${count} decisions ${name}`, () => team['review.importDecisions']({ origin, path: file, annotator: ben }, call), ({ merged, unknown }) => `${merged} merged, ${unknown.length} unknown`);
    await imported('by number', table('numbers.tsv', 'pair_id decision', (at) => [ids[at] ?? 0, word(at)]));
    await timed('undo', () => project.operations.undo());
    await timed('redo', () => project.operations.redo());
    await imported('by both texts, with label, time and comment', table('texts.tsv', 'source target decision label time comments annotator', (at) => [sources[at] ?? '', targets[at] ?? '', word(at + 1), 'good', '2026-01-31T12:05:09Z', `comment ${at}`, at % 2 === 0 ? 'carl' : 'dora']));
    await imported('by number, with edits', table('edits.tsv', 'pair_id source target source_original target_original decision', (at) => [ids[at] ?? 0, sources[at] ?? '', `${targets[at] ?? ''} edited`, sources[at] ?? '', targets[at] ?? '', word(at + 2)]));
    await imported('by number, once more: nothing new', join(folder, 'edits.tsv'));
  };
  if (wanted.has('import')) await importing();
  await timed('decision after all that', () => judge(anna, first + 7));
  await timed('texts of 500 edited rows', () => project.pairs.rows(origin, Uint32Array.from({ length: 500 }, (_, at) => first + at * 97)));
  say('file', statSync(path).size / 1024 / 1024, '(MB, not ms)');
  project.close();
  const start = performance.now();
  project = openProject(path);
  say('open', performance.now() - start);
  const restarted = async (): Promise<void> => {
    await timed('undo of a decision after a restart', () => project.operations.undo());
    await timed('undo of the swap after that', () => project.operations.undo());
    await timed('a decision that ends the redo of both', () => judge(ben, first + 9));
    await timed('purge of what was forgotten', () => project.purge());
  };
  if (wanted.has('restart')) await restarted();
  project.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
