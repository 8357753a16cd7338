import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../contract/errors.ts';
import type { Run } from '../../contract/mine.ts';
import type { Side } from '../../contract/review.ts';
import type { Project } from '../../store/api.ts';
import { runFolder, sidesOf } from './run-places.ts';

/**
 * The texts of one side of a bitext as they read now, numbered for the engine.
 *
 * An edited text stands in the place of the sentence it was made from; where other pairs still read that sentence, it stands behind all sentences.
 */
export type SideTexts = {
  readonly count: number;
  /** Tells these texts from those before and after another edit; empty: as imported. */
  readonly key: string;
  texts(from: number, count: number): string[];
  /** Of neighbours and hubs that the engine names. */
  ofOrdinals(ordinals: ArrayLike<number>): string[];
  /** The number under which the engine knows a pair's text. */
  ordinalOf(pair: number, sentence: number): number;
  save(folder: string, side: Side): void;
};

type Edits = { readonly key: string; /** Ascending, and the pair whose text stands there. */ readonly replaced: Uint32Array; readonly replacing: Uint32Array; /** Pairs, ascending. */ readonly behind: Uint32Array };

const slice = 4_096;
const noEdits: Edits = { key: '', replaced: new Uint32Array(0), replacing: new Uint32Array(0), behind: new Uint32Array(0) };

/** Pairs that are not hidden, ascending, and both sides' texts. */
export const bitextTexts = async (project: Project, bitext: number, signal: AbortSignal): Promise<{ readonly pairs: Uint32Array } & Readonly<Record<Side, SideTexts>>> => {
  const origin = { collection: bitext };
  const pairs = await project.pairs.select(origin, null, signal);
  const edited = await project.pairs.select(origin, { kind: 'mark', mark: 'edited', value: true }, signal);
  const side = async (name: Side): Promise<SideTexts> => numbered(project, bitext, name, edited.length === 0 ? noEdits : await gather(project, bitext, name, pairs, edited, signal));
  return { pairs, source: await side('source'), target: await side('target') };
};

/** As a run was scored; texts edited since are told as they read now. */
const savedTexts = (project: Project, bitext: number, folder: string, side: Side): SideTexts => {
  const path = join(folder, fileOf(side));
  if (!existsSync(path)) return numbered(project, bitext, side, noEdits);
  const stored = new Uint32Array(Uint8Array.from(readFileSync(path)).buffer);
  const count = stored[0] ?? 0;
  return numbered(project, bitext, side, { key: '', replaced: stored.subarray(1, 1 + count), replacing: stored.subarray(1 + count, 1 + 2 * count), behind: stored.subarray(1 + 2 * count) });
};

/** The texts of either side of a run, by the numbers that the engine gives. */
export const runTexts = (project: Project, run: Run, side: Side): Pick<SideTexts, 'ofOrdinals' | 'ordinalOf'> => (run.kind === 'mine'
  ? { ofOrdinals: (ordinals) => project.sentences.textsByOrdinals(sidesOf(project, run)[side], ordinals), ordinalOf: (_, sentence) => sentence }
  : savedTexts(project, run.source.collection, runFolder(project, run.id), side));

const fileOf = (side: Side): string => `edited-${side}.u32`;

const gather = async (project: Project, bitext: number, side: Side, pairs: Uint32Array, edited: Uint32Array, signal: AbortSignal): Promise<Edits> => {
  const origin = { collection: bitext };
  const { first } = project.pairs.range(origin);
  const sentences = ordinalsOf(project, bitext, side);
  const uses = new Uint32Array(project.sentences.count(project.collections.sides(bitext)[side]));
  for (const pair of pairs) { const sentence = sentences[pair - first] ?? 0; uses[sentence] = (uses[sentence] ?? 0) + 1; }
  const hash = createHash('sha256');
  const [places, behind]: [{ readonly ordinal: number; readonly pair: number }[], number[]] = [[], []];
  for (let from = 0; from < edited.length; from += slice) {
    signal.throwIfAborted();
    const part = edited.subarray(from, from + slice);
    const { [side]: texts, original } = project.pairs.texts(origin, part, [side]);
    for (const [at, pair] of part.entries()) {
      const [text = '', ordinal = 0] = [texts[at], sentences[pair - first]];
      if (text === original[side][at]) continue;
      hash.update(`${pair}\0${text}\0`);
      if (uses[ordinal] === 1) places.push({ ordinal, pair });
      else behind.push(pair);
    }
    await new Promise((go) => { setImmediate(go); });
  }
  if (places.length + behind.length === 0) return noEdits;
  places.sort((left, right) => left.ordinal - right.ordinal);
  return {
    key: hash.digest('hex').slice(0, 12), behind: Uint32Array.from(behind),
    replaced: Uint32Array.from(places, ({ ordinal }) => ordinal), replacing: Uint32Array.from(places, ({ pair }) => pair),
  };
};

const ordinalsOf = (project: Project, bitext: number, side: Side): Uint32Array => {
  const { first, count } = project.pairs.range({ collection: bitext });
  const all = new Uint32Array(count);
  for (let done = 0; done < count; done += 65_536) {
    const { sources, targets } = project.pairs.ordinals({ collection: bitext }, first + done, Math.min(65_536, count - done));
    all.set(side === 'source' ? sources : targets, done);
  }
  return all;
};

const numbered = (project: Project, bitext: number, side: Side, { key, replaced, replacing, behind }: Edits): SideTexts => {
  const collection = project.collections.sides(bitext)[side];
  const sentences = project.sentences.count(collection);
  const ofPairs = (pairs: ArrayLike<number>): readonly string[] => (pairs.length === 0 ? [] : project.pairs.texts({ collection: bitext }, pairs, [side])[side]);
  return {
    key,
    count: sentences + behind.length,
    texts: (from, count) => {
      const texts = from < sentences ? project.sentences.texts(collection, from, Math.min(count, sentences - from)) : [];
      const [low, high] = [lowerBound(replaced, from), lowerBound(replaced, from + texts.length)];
      ofPairs(replacing.subarray(low, high)).forEach((text, at) => { texts[(replaced[low + at] ?? 0) - from] = text; });
      return [...texts, ...ofPairs(behind.subarray(Math.max(0, from - sentences), Math.max(0, from + count - sentences)))];
    },
    ofOrdinals: (ordinals) => Array.from(ordinals, (ordinal) => {
      const at = lowerBound(replaced, ordinal);
      const pair = ordinal >= sentences ? behind[ordinal - sentences] : replaced[at] === ordinal ? replacing[at] : undefined;
      if (pair !== undefined) return ofPairs([pair])[0] ?? '';
      if (ordinal >= sentences) throw new Failure('not-found', `This run knows no text ${ordinal}.`);
      return project.sentences.textsByOrdinals(collection, [ordinal])[0] ?? '';
    }),
    ordinalOf: (pair, sentence) => {
      const at = lowerBound(behind, pair);
      return behind[at] === pair ? sentences + at : sentence;
    },
    save: (folder) => {
      if (key === '') return;
      const stored = new Uint32Array(1 + 2 * replaced.length + behind.length);
      stored[0] = replaced.length;
      stored.set(replaced, 1);
      stored.set(replacing, 1 + replaced.length);
      stored.set(behind, 1 + 2 * replaced.length);
      writeFileSync(join(folder, fileOf(side)), new Uint8Array(stored.buffer));
    },
  };
};

/** The first place whose value is at least `value`. */
const lowerBound = (values: Uint32Array, value: number): number => {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};
