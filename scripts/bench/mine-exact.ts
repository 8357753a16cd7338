import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { mine } from '../../main/engine/mining/mine.ts';
import { mineInput, planFor, quietCall, readNpy, writeVectors } from './mine-support.ts';

/**
 * A whole mining (vectors given) on the same vectors as `mine-numpy-faiss.py`: node scripts/bench/mine-exact.ts SOURCE.npy TARGET.npy [centre]
 *
 * Counts everything from opening the vector files to `pairs.bin` on the disk.
 */
const [sourcePath = '', targetPath = '', centre] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'dragoman-bench-'));
try {
  const source = readNpy(sourcePath);
  const target = readNpy(targetPath);
  const sides = { source: writeVectors(join(work, 's'), source), target: writeVectors(join(work, 't'), target) };
  const stages = new Map<string, number>();
  const start = performance.now();
  const plan = planFor([source.dimension], { threads: availableParallelism(), centre: centre === 'centre' });
  const result = await mine(mineInput(join(work, 'run'), [sides.source], [sides.target], [source.rows, target.rows], plan),
    { ...quietCall(), tell: async (item) => { stages.set(item.stage, (performance.now() - start) / 1000); } });
  const seconds = (performance.now() - start) / 1000;
  const ends = [...stages].map(([stage, end]) => `${stage} until ${end.toFixed(2)}`).join(', ');
  process.stdout.write(`${source.rows} x ${target.rows} x ${source.dimension}${centre === 'centre' ? ' centred' : ''}: whole ${seconds.toFixed(2)} s (${ends}), ${result.count} pairs, peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
