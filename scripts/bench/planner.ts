import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultMineSettings } from '../../main/contract/mine.ts';
import { exactSeconds, graphSeconds, planIndex } from '../../main/domain/mine/plan-index.ts';
import { probeIndex } from '../../main/engine/knn/probe-index.ts';
import { mine } from '../../main/engine/mining/mine.ts';
import { createRunQueue } from '../../main/engine/run-queue.ts';
import { firstRows, join2, mineInput, planFor, quietCall, readNpy, writeVectors } from './mine-support.ts';

/**
 * The planner against reality: node scripts/bench/planner.ts --source A.npy,B.npy --target C.npy,D.npy [--sizes 2000,20000,100000]
 *
 * Mines the first n sentences of both sides with the exact index and with HNSW, and compares the plan that `auto` picks with the faster of the two.
 */
const { values } = parseArgs({ options: { source: { type: 'string' }, target: { type: 'string' }, sizes: { type: 'string', default: '2000,20000,100000' } } });
const read = (list: string | undefined) => join2((list ?? '').split(',').map(readNpy));
const [source, target] = [read(values.source), read(values.target)];
const dimension = source.dimension;
const probe = await probeIndex(dimension, createRunQueue(), new AbortController().signal);
process.stdout.write(`probe ${JSON.stringify(probe)}\n`);
for (const size of values.sizes.split(',').map(Number)) {
  const work = mkdtempSync(join(tmpdir(), 'dragoman-bench-'));
  try {
    const [left, right] = [firstRows(source, size), firstRows(target, size)];
    const sides = { source: writeVectors(join(work, 's'), left), target: writeVectors(join(work, 't'), right) };
    const sizes = { source: left.rows, target: right.rows, dimension };
    const planned = planIndex({ ...sizes, settings: defaultMineSettings, probe, cores: availableParallelism(), guard: 4 });
    const seconds: Record<string, number> = {};
    for (const index of ['exact', 'hnsw'] as const) {
      const chosen = planIndex({ ...sizes, settings: { ...defaultMineSettings, index }, probe, cores: availableParallelism(), guard: 4 });
      const plan = planFor([dimension], { threads: probe.threads, index: chosen.kind, hnsw: chosen.hnsw, tileRows: chosen.tileRows, centre: true });
      const start = performance.now();
      const result = await mine(mineInput(join(work, index), [sides.source], [sides.target], [left.rows, right.rows], plan), quietCall());
      seconds[chosen.kind] = (performance.now() - start) / 1000;
      const recall = result.indexRecall === null ? '' : `, recall ${result.indexRecall.recall.toFixed(4)}`;
      process.stdout.write(`${size}: ${chosen.kind} ${seconds[chosen.kind]?.toFixed(2)} s (predicted ${(index === 'exact' ? exactSeconds(sizes, probe) : graphSeconds(sizes, probe)).toFixed(2)})${recall}\n`);
    }
    const best = Math.min(...Object.values(seconds));
    process.stdout.write(`${size}: auto picks ${planned.kind}, ${((seconds[planned.kind] ?? NaN) / best).toFixed(2)} times the best\n`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
