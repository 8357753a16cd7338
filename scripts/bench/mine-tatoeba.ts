import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minePairs } from '../../main/domain/mine/retrieval.ts';
import { mine } from '../../main/engine/mining/mine.ts';
import { openLists } from '../../main/engine/neighbours/lists-file.ts';
import { mineInput, planFor, quietCall, readNpy, writeVectors } from './mine-support.ts';

/**
 * Tatoeba: share of sentences whose best-margin neighbour is their own translation, mean of both directions.
 * node scripts/bench/mine-tatoeba.ts FOLDER ENCODER LANGUAGE,... with FOLDER/ENCODER.tat-LANGUAGE.{LANGUAGE,en}.npy
 */
const [folder = '', encoder = '', languages = ''] = process.argv.slice(2);
const sums = { cosine: 0, margin: 0, centred: 0, refined: 0 };
for (const language of languages.split(',')) {
  const work = mkdtempSync(join(tmpdir(), 'dragoman-bench-'));
  try {
    const source = readNpy(`${folder}/${encoder}.tat-${language}.${language}.npy`);
    const target = readNpy(`${folder}/${encoder}.tat-${language}.en.npy`);
    const sides = { source: writeVectors(join(work, 's'), source), target: writeVectors(join(work, 't'), target) };
    const accuracy = async (name: string, more: Parameters<typeof planFor>[1], margin: 'ratio' | 'absolute') => {
      const run = join(work, name);
      const plan = planFor([source.dimension], more);
      const result = await mine(mineInput(run, [sides.source], [sides.target], [source.rows, target.rows], plan), quietCall());
      const { shape } = JSON.parse(readFileSync(join(run, 'result.json'), 'utf8')) as { shape: { k: number; listed: number; lists: string } };
      const lists = (file: string) => openLists(join(run, shape.lists, file), shape.listed, source.rows, 'read').read(0, source.rows);
      const right = (retrieval: 'forward' | 'backward'): number => {
        const { pairs } = minePairs(lists('forward.bin'), lists('backward.bin'), { k: shape.k, margin, retrieval, offset: plan.centre ? 1 : 0, cosineFloor: null, upperBound: null });
        return pairs.source.filter((ordinal, row) => ordinal === pairs.target[row]).length / source.rows;
      };
      return { share: 50 * (right('forward') + right('backward')), note: String(result.refinement?.['linearMap'] ?? '') };
    };
    const cosine = await accuracy('plain', {}, 'absolute');
    const margin = await accuracy('plain', {}, 'ratio');
    const centred = source.rows < 200 ? margin : await accuracy('centred', { centre: true }, 'ratio');
    const refined = source.rows < 200 ? margin : await accuracy('refined', { centre: true, linearMap: 'self-check' }, 'ratio');
    sums.cosine += cosine.share; sums.margin += margin.share; sums.centred += centred.share; sums.refined += refined.share;
    process.stdout.write(`${language} ${source.rows}: cosine ${cosine.share.toFixed(1)}, margin ${margin.share.toFixed(1)}, centred ${centred.share.toFixed(1)}, refined ${refined.share.toFixed(1)} (${refined.note})\n`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
const count = languages.split(',').length;
process.stdout.write(`mean of ${count}: cosine ${(sums.cosine / count).toFixed(2)}, margin ${(sums.margin / count).toFixed(2)}, centred ${(sums.centred / count).toFixed(2)}, refined ${(sums.refined / count).toFixed(2)}\n`);
