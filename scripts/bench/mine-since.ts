import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { mine } from '../../main/engine/mining/mine.ts';
import type { MineInput } from '../../main/engine/mining/run-sides.ts';
import { firstRows, mineInput, planFor, quietCall, readNpy, writeVectors } from './mine-support.ts';

/**
 * A second crawl against mining everything again: node scripts/bench/mine-since.ts SOURCE.npy TARGET.npy [OLD] [NEW] [centre]
 *
 * OLD sentences a side are mined first, then OLD + NEW once by carrying that run on and once in full. Not centred the pairs must be the same bytes.
 */
const [sourcePath = '', targetPath = '', old = '20000', added = '2000', centre] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'dragoman-bench-'));
const before = Number(old);
const after = before + Number(added);
try {
  const place = (path: string, name: string): { readonly folder: string; readonly rows: string; readonly dimension: number } => {
    const matrix = firstRows(readNpy(path), after);
    if (matrix.rows < after) throw new Error(`${path} has ${matrix.rows} rows, ${after} are wanted`);
    return { ...writeVectors(join(work, name), matrix), dimension: matrix.dimension };
  };
  const source = place(sourcePath, 's');
  const target = place(targetPath, 't');
  const vectors = ({ folder, rows }: typeof source, sentences: number): { folder: string; rows: string } => {
    const own = `${rows}-${sentences}`;
    writeFileSync(own, readFileSync(rows).subarray(0, sentences * 4));
    return { folder, rows: own };
  };
  const plan = planFor([source.dimension], { threads: availableParallelism(), centre: centre === 'centre' });
  const inputOf = (name: string, sentences: number): MineInput => mineInput(join(work, name), [vectors(source, sentences)], [vectors(target, sentences)], [sentences, sentences], plan);
  const timed = async (input: MineInput): Promise<{ readonly seconds: number; readonly search: number; readonly pairs: Buffer }> => {
    const times = { search: 0, margin: 0 };
    const start = performance.now();
    const result = await mine(input, { ...quietCall(), tell: (item) => {
      if (item.stage === 'prepare') times.search = performance.now();
      if (item.stage === 'margin' && times.margin === 0 && item.note === undefined) times.margin = performance.now();
      return Promise.resolve();
    } });
    return { seconds: (performance.now() - start) / 1000, search: (times.margin - times.search) / 1000, pairs: readFileSync(result.pairs) };
  };
  const first = inputOf('first', before);
  await timed(first);
  const since = await timed({ ...inputOf('since', after), earlier: { folder: first.folder, source: first.source, target: first.target } });
  const full = await timed(inputOf('full', after));
  const figures = (name: string, one: typeof full): string => `${name} ${one.seconds.toFixed(2)} s (search and cosines ${one.search.toFixed(2)})`;
  process.stdout.write(`${before} + ${after - before} a side, ${source.dimension} dimensions${centre === 'centre' ? ', centred' : ''}: ${figures('since', since)}, ${figures('in full', full)}, `
    + `${(full.seconds / since.seconds).toFixed(1)} times; ${centre === 'centre' ? 'means differ' : since.pairs.equals(full.pairs) ? 'the same pairs' : 'OTHER PAIRS'}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
