import type { Neighbour, Run, Why } from '../../contract/mine.ts';
import type { Side } from '../../contract/review.ts';
import { lowestKept } from '../../domain/mine/margin.ts';
import type { Project } from '../../store/api.ts';
import type { EngineClient } from '../engine/index.ts';
import { runTexts } from './bitext-texts.ts';
import { runFolder } from './run-places.ts';

/** All parts of one margin: both neighbour lists with texts, means, ranks, and what another cut would do. */
export const explainPair = async (project: Project, engine: EngineClient, run: Run, pair: number): Promise<Why> => {
  const origin = { run: run.id };
  const { sources, targets } = project.pairs.ordinals(origin, pair, 1);
  const texts = { source: runTexts(project, run, 'source'), target: runTexts(project, run, 'target') };
  const source = texts.source.ordinalOf(pair, sources[0] ?? 0);
  const target = texts.target.ordinalOf(pair, targets[0] ?? 0);
  const value = (name: string): number => {
    const column = project.columns.find(origin, name);
    const found = column === null ? null : project.columns.valuesOf(column, [pair])[0];
    return typeof found === 'number' ? found : 0;
  };
  const folder = runFolder(project, run.id);
  const [forward] = await engine.call('engine.neighbours', { folder, side: 'source', ordinals: [source] });
  const [backward] = await engine.call('engine.neighbours', { folder, side: 'target', ordinals: [target] });
  const neighbours = (list: typeof forward, side: Side, partner: number): Neighbour[] => {
    const ordinals = list?.ordinals ?? [];
    const found = texts[side].ofOrdinals(ordinals);
    return ordinals.map((ordinal, i) => ({ ordinal, text: found[i] ?? '', cosine: list?.cosines[i] ?? 0, thisPair: ordinal === partner }));
  };
  const rank = (list: typeof forward, partner: number): number | null => {
    const at = list?.ordinals.indexOf(partner) ?? -1;
    return at < 0 ? null : at + 1;
  };
  const margin = value('margin');
  const offset = project.meta(`run:${run.id}:offset`) === '1' ? 1 : 0;
  const sourceMean = forward?.mean ?? 0;
  const targetMean = backward?.mean ?? 0;
  return {
    pair, margin, cosine: value('cosine'), sourceMean, targetMean, denominator: (sourceMean + targetMean) / 2, offset, kind: run.settings.margin,
    forwardRank: rank(forward, target), backwardRank: rank(backward, source),
    sourceNeighbours: neighbours(forward, 'target', target), targetNeighbours: neighbours(backward, 'source', source),
    sourceOccurrence: forward?.occurrence ?? 0, targetOccurrence: backward?.occurrence ?? 0,
    keptDifference: run.cut === null ? null : await keptDifference(project, run.id, margin, run.cut),
  };
};

const keptDifference = async (project: Project, run: number, margin: number, cut: number): Promise<number> => {
  const [low, high] = [margin, cut].map(lowestKept).sort((a, b) => a - b);
  const between = await project.pairs.count({ run }, { kind: 'all', of: [
    { kind: 'number', column: 'margin', relation: '>=', value: low ?? margin }, { kind: 'number', column: 'margin', relation: '<', value: high ?? cut },
  ] });
  return margin < cut ? between : -between;
};

