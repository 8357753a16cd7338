import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstRows, mineInput, planFor, readNpy, writeVectors } from './mine-support.ts';

/**
 * Kills a mining process (SIGKILL) at twenty random moments, resumes it, and compares the bytes with those of an undisturbed run.
 * node scripts/bench/mine-kill.ts SOURCE.npy TARGET.npy [rows 8000] [kills 20] [exact|hnsw-usearch]
 */
const [sourcePath = '', targetPath = '', rows = '8000', kills = '20', index = 'exact'] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'dragoman-bench-'));
const child = join(import.meta.dirname, '../../main/engine/mining/fixtures/mine-child.ts');

const run = (input: string, killAfter: number | null): Promise<number> => new Promise((resolve) => {
  const start = performance.now();
  const running = spawn(process.execPath, [child, input], { stdio: ['ignore', 'ignore', 'inherit'] });
  const timer = killAfter === null ? undefined : setTimeout(() => running.kill('SIGKILL'), killAfter);
  running.on('exit', () => { clearTimeout(timer); resolve(performance.now() - start); });
});

const digest = (folder: string): string => {
  const hash = createHash('sha256');
  for (const file of ['pairs.bin', 'forward.bin', 'backward.bin', 'source-occurrences.bin', 'target-occurrences.bin', 'result.json']) hash.update(readFileSync(join(folder, file)));
  return hash.digest('hex');
};

try {
  const [source, target] = [firstRows(readNpy(sourcePath), Number(rows)), firstRows(readNpy(targetPath), Number(rows))];
  const sides = { source: writeVectors(join(work, 's'), source), target: writeVectors(join(work, 't'), target) };
  const hnsw = index === 'exact' ? null : { connectivity: 16, expansionAdd: 128, expansionSearch: 200, threads: 1 };
  const plan = planFor([source.dimension], { centre: true, tileRows: 1024, index: index === 'exact' ? 'exact' : 'hnsw-usearch', hnsw });
  const request = (name: string): { folder: string; path: string } => {
    const folder = join(work, name);
    writeFileSync(`${folder}.json`, JSON.stringify(mineInput(folder, [sides.source], [sides.target], [source.rows, target.rows], plan)));
    return { folder, path: `${folder}.json` };
  };
  const whole = request('whole');
  const duration = await run(whole.path, null);
  const wanted = digest(whole.folder);
  let same = 0;
  let state = 20_261_121;
  for (let round = 0; round < Number(kills); round += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const moment = state / 2 ** 32 * duration;
    const again = request(`round-${round}`);
    await run(again.path, moment);
    await run(again.path, null);
    if (digest(again.folder) === wanted) same += 1;
    rmSync(again.folder, { recursive: true, force: true });
  }
  process.stdout.write(`${index}, ${source.rows} x ${target.rows}: killed at ${kills} random moments of ${(duration / 1000).toFixed(1)} s, ${same} times the same bytes\n`);
  if (same !== Number(kills)) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
