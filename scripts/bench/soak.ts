/**
 * Hours of use in minutes: does any process of the served program grow?
 *
 * `node scripts/bench/soak.ts [calls 10000] [sittings 40] [seed 1]`: starts the served host, and sits down again and again (`soak-work.ts`): a new project, two languages of
 * the sample imported and mined, pages, filters, counts, decisions, edits, undo, redo, exports, removals, while other pages come and leave, some without a
 * word. After every sitting each process collects its garbage and says what it holds. A line is fitted through the last three quarters of the sittings.
 * Exit code 1 where a call failed, an engine was lost, or something grows. Not for Windows (it asks with a signal).
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServed, type Page, type ServedProcess } from './served-support.ts';
import { oneSitting, type Counter, type Random } from './soak-work.ts';

type Sample = Readonly<Record<'rss' | 'heapUsed' | 'external' | 'arrayBuffers' | 'handles', number>>;

const [calls = 10_000, sittings = 40, seed = 1] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(process.env['DRAGOMAN_BENCH_FOLDER'] ?? tmpdir(), 'dragoman-soak-'));
const probe = join(folder, 'probe');
const work = join(folder, 'work');
for (const path of [probe, work]) mkdirSync(path);

/** Mulberry32: a small generator with a seed. */
const random: Random = ((state: number) => () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
})(seed);

/** A page whose calls are counted. One in three leaves as a closed laptop does. */
const visit = async (host: ServedProcess, counter: Counter): Promise<Page> => {
  const page = await host.page(random() < 1 / 3);
  page.on('jobs.changed', () => undefined);
  page.on('project.touched', () => undefined);
  const count = <A extends unknown[], R>(perform: (name: string, ...rest: A) => Promise<R>) => (name: string, ...rest: A): Promise<R> => {
    counter.calls += 1;
    return perform(name, ...rest).catch((thrown: unknown) => {
      const what = `${name}: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
      counter.failures.set(what, (counter.failures.get(what) ?? 0) + 1);
      throw thrown;
    });
  };
  return { ...page, call: count(page.call as never) as Page['call'], stream: count(page.stream as never) as Page['stream'] };
};

const samplesOf = (pid: number): readonly Sample[] => {
  const path = join(probe, `${pid}.jsonl`);
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Sample) : [];
};

/** Megabytes of the last sample, for whoever waits. */
const held = (pid: number): string => { const last = samplesOf(pid).at(-1); return `${((last?.rss ?? 0) / 1e6).toFixed(0)} MB (heap ${((last?.heapUsed ?? 0) / 1e6).toFixed(1)})`; };

const sample = async (pid: number): Promise<void> => {
  const before = samplesOf(pid).length;
  process.kill(pid, 'SIGUSR2');
  while (samplesOf(pid).length === before) await new Promise((go) => { setTimeout(go, 20); });
};

/** Least squares: how much the values grow from the first to the last of them, with the 95 % half-width of that. */
const growth = (values: readonly number[]): { readonly mean: number; readonly grows: number; readonly give: number } => {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const centre = (n - 1) / 2;
  const spread = values.reduce((sum, _, i) => sum + (i - centre) ** 2, 0);
  const slope = values.reduce((sum, value, i) => sum + (i - centre) * (value - mean), 0) / spread;
  const rest = values.reduce((sum, value, i) => sum + (value - mean - slope * (i - centre)) ** 2, 0) / Math.max(1, n - 2);
  return { mean, grows: slope * (n - 1), give: 2 * Math.sqrt(rest / spread) * (n - 1) };
};

/** Flat: what the fitted line gains over the stretch is below 5 % of the mean, or within its own uncertainty and below 10 %. */
const isFlat = ({ mean, grows, give }: ReturnType<typeof growth>): boolean => grows < 0.05 * mean || (grows < give && grows < 0.1 * mean);

const report = (name: string, samples: readonly Sample[]): boolean => {
  const late = samples.slice(Math.floor(samples.length / 4));
  return (['rss', 'heapUsed', 'external', 'handles'] as const).map((key) => {
    const unit = key === 'handles' ? 1 : 1e6;
    const line = growth(late.map((one) => one[key] / unit));
    const flat = isFlat(line);
    console.log(`| ${name} | ${key}${unit === 1 ? '' : ', MB'} | ${((samples[0]?.[key] ?? 0) / unit).toFixed(1)} | ${(Math.max(...samples.map((one) => one[key])) / unit).toFixed(1)} | ${((samples.at(-1)?.[key] ?? 0) / unit).toFixed(1)} | ${line.grows.toFixed(2)} ± ${line.give.toFixed(2)} | ${flat ? 'flat' : '**grows**'} |`);
    return flat;
  }).every(Boolean);
};

const main = async (): Promise<number> => {
  const begun = performance.now();
  const host = await startServed({ home: join(folder, 'home'), root: folder, env: { DRAGOMAN_PROBE: probe, NODE_OPTIONS: `--import ${join(import.meta.dirname, 'memory-probe.mjs')}` } });
  const counter: Counter = { calls: 0, failures: new Map() };
  const lost: string[] = [];
  try {
    const page = await visit(host, counter);
    let engine = 0;
    for (let sitting = 0; sitting < sittings; sitting += 1) {
      await oneSitting(sitting, calls / sittings, work, page, () => visit(host, counter), counter, random);
      const [now = 0] = host.children();
      if (engine !== 0 && now !== engine) lost.push(`sitting ${sitting}`);
      engine = now;
      await sample(host.pid);
      await sample(engine);
      console.error(`sitting ${sitting + 1}: ${counter.calls} calls, ${((performance.now() - begun) / 1000).toFixed(0)} s; workbench ${held(host.pid)}, engine ${held(engine)}`);
    }
    console.log(`${counter.calls} calls in ${sittings} sittings, ${((performance.now() - begun) / 60_000).toFixed(1)} minutes; engines lost: ${lost.length === 0 ? 'none' : lost.join(', ')}`);
    for (const [what, times] of counter.failures) console.log(`failed ${times} times: ${what}`);
    console.log('| process | what | first | highest | last | growth over the last three quarters | verdict |\n|---|---|---|---|---|---|---|');
    const flat = [report('workbench', samplesOf(host.pid)), report('engine', samplesOf(engine))].every(Boolean);
    page.close();
    return flat && lost.length === 0 && counter.failures.size === 0 ? 0 : 1;
  } finally {
    await host.end();
  }
};

main().finally(() => rmSync(folder, { recursive: true, force: true })).then((code) => process.exit(code), (thrown: unknown) => { console.error(thrown); process.exit(1); });
