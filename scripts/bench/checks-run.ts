import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gunzipSync } from 'node:zlib';
import { createJobs, projectJobStore } from '../../main/services/jobs/index.ts';
import { createChecksService } from '../../main/services/review/checks.ts';
import { openProject } from '../../main/store/project.ts';

/**
 * How long the checks take over a large bitext, and the longest time that nothing else was answered meanwhile.
 * node scripts/bench/checks-run.ts DATA [PAIRS] with DATA/noisy: its German-English rows, repeated with a number behind them.
 */
const [data = '', wanted = '1000000'] = process.argv.slice(2);
const count = Number(wanted);
const rows = gunzipSync(readFileSync(join(data, 'noisy/de-en.tsv.gz'))).toString('utf8').split('\n').slice(1).filter((line) => line !== '').map((line) => line.split('\t').slice(2, 4));

const folder = mkdtempSync(join(tmpdir(), 'dragoman-bench-'));
const project = openProject(join(folder, 'bench.dragoman'), { create: true });
try {
  const collection = project.collections.create({ name: 'bench', kind: 'bitext', language: 'de', targetLanguage: 'en' });
  const sides = project.collections.sides(collection);
  const writers = [project.sentences.writer(sides.source), project.sentences.writer(sides.target)] as const;
  const pairs = project.pairs.writer({ collection }, sides);
  for (let at = 0; at < count; at += 1) {
    const [source = '', target = ''] = rows[at % rows.length] ?? [];
    const turn = at < rows.length ? '' : ` ${Math.floor(at / rows.length)}`;
    pairs.add(writers[0].add(source + turn, null, 0, at + 1), writers[1].add(target + turn, null, 0, at + 1));
  }
  for (const writer of writers) await writer.finish();
  pairs.finish();
  project.collections.finish(collection, { counts: { lines: count, empty: 0, malformed: 0, merged: 0, size: count }, files: [], columns: [], state: 'ready' });

  const jobs = createJobs({ store: () => projectJobStore(project), tell: () => undefined, now: () => performance.now() });
  const service = createChecksService({ project: () => project, jobs, gate: { check: (path) => path, roots: [] } });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const start = performance.now();
  delay.enable();
  const { job } = await service['review.runChecks']({ origin: { collection } }, { signal: new AbortController().signal });
  const { state } = await jobs.settled(job);
  delay.disable();
  const seconds = (performance.now() - start) / 1000;
  console.log(`${count} pairs: ${state} in ${seconds.toFixed(1)} s, ${(1e6 * seconds / count).toFixed(0)} µs a pair; event loop: 99 % under ${(delay.percentile(99) / 1e6).toFixed(0)} ms, longest ${(delay.max / 1e6).toFixed(0)} ms`);
  const found = await project.pairs.facets({ origin: { collection }, predicate: null, by: null });
  console.log(found.checks.map(({ check, open }) => `${check} ${open}`).join(', '));
} finally {
  project.close();
  rmSync(folder, { recursive: true, force: true });
}
