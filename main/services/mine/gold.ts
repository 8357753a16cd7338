import { readFileSync, statSync } from 'node:fs';
import { Failure } from '../../contract/errors.ts';
import type { GoldReport, Run } from '../../contract/mine.ts';
import { bestCut, goldAtCut, type JudgedPairs } from '../../domain/mine/evaluate.ts';
import type { Project } from '../../store/api.ts';
import { sidesOf } from './run-places.ts';

const mostBytes = 512 * 1024 * 1024;

/** First two columns of a gold list: source id, target id. A header is recognised by ids that nobody has. */
const readIdPairs = (path: string): readonly (readonly [string, string])[] => {
  let text: string;
  try {
    if (statSync(path).size > mostBytes) throw new Failure('bad-input', `${path} is too large for a gold list.`);
    text = readFileSync(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    throw new Failure('file-missing', `The gold list ${path} cannot be read.`, { detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
  const pairs: (readonly [string, string])[] = [];
  for (const [index, line] of text.replace(/^\uFEFF/, '').split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [source, target] = line.split('\t');
    if (source === undefined || target === undefined) throw new Failure('malformed-input', `${path}, line ${index + 1}: a gold list has two columns, source id and target id, with a TAB between them.`);
    pairs.push([source.trim(), target.trim()]);
  }
  return pairs;
};

type Located = { readonly keys: Float64Array; readonly unknown: number };

/** Pairs of ids as keys `source * 2^26 + target`... wide enough for 67 million sentences a side; pairs with an unknown id are counted. */
const sideBits = 2 ** 26;

const locate = async (project: Project, sides: { readonly source: number; readonly target: number }, pairs: readonly (readonly [string, string])[]): Promise<Located> => {
  const sources = await project.sentences.ordinalsOfIds(sides.source, pairs.map(([source]) => source));
  const targets = await project.sentences.ordinalsOfIds(sides.target, pairs.map(([, target]) => target));
  const known: number[] = [];
  let unknown = 0;
  for (const index of pairs.keys()) {
    const source = sources[index] ?? -1;
    const target = targets[index] ?? -1;
    if (source < 0 || target < 0) { if (index > 0) unknown += 1; continue; }
    known.push(source * sideBits + target);
  }
  return { keys: Float64Array.from(new Set(known)).sort(), unknown };
};

const has = (sorted: Float64Array, key: number): boolean => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < key) low = middle + 1; else high = middle;
  }
  return sorted[low] === key;
};

/** A run's pairs judged by a gold list; what `evaluate.ts` needs. */
export const judge = async (project: Project, run: Run, gold: string, ignore: string | null): Promise<JudgedPairs & { readonly unknownIds: number; readonly ignored: number }> => {
  const sides = sidesOf(project, run);
  const right = await locate(project, sides, readIdPairs(gold));
  const excused = ignore === null ? { keys: new Float64Array(0), unknown: 0 } : await locate(project, sides, readIdPairs(ignore));
  const origin = { run: run.id };
  const { first, count } = project.pairs.range(origin);
  const margin = project.columns.find(origin, 'margin');
  if (margin === null) throw new Failure('not-found', 'This run has no margins yet.');
  const margins = new Float64Array(count);
  const verdicts = new Uint8Array(count);
  for (let done = 0; done < count; done += 65_536) {
    const slice = Math.min(65_536, count - done);
    margins.set(project.columns.read(margin, first + done, slice), done);
    const { sources, targets } = project.pairs.ordinals(origin, first + done, slice);
    for (let i = 0; i < slice; i += 1) {
      const key = (sources[i] ?? 0) * sideBits + (targets[i] ?? 0);
      verdicts[done + i] = has(right.keys, key) ? 1 : has(excused.keys, key) ? 2 : 0;
    }
  }
  return { margins, verdicts, gold: right.keys.length, unknownIds: right.unknown + excused.unknown, ignored: excused.keys.length };
};

/** Figures at the cut; without one all pairs are kept, and the figures are theirs. */
export const reportGold = (judged: Awaited<ReturnType<typeof judge>>, cut: number | null): GoldReport => {
  const best = bestCut(judged);
  const at = goldAtCut(judged, cut ?? Number.NEGATIVE_INFINITY);
  return {
    gold: judged.gold, ignored: judged.ignored, unknownIds: judged.unknownIds,
    precision: at.precision, recall: at.recall, f1: at.f1, cut, bestF1: best.f1, bestCut: best.cut,
  };
};
