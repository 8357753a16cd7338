import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { EncoderDescription } from '../../contract/models.ts';
import type { OutputOf } from '../../contract/method.ts';
import type { Run } from '../../contract/mine.ts';
import type { PairOrigin } from '../../contract/pairs.ts';
import type { linksContract } from '../../contract/review-links.ts';
import type { Side } from '../../contract/review.ts';
import type { Project } from '../../store/api.ts';
import { goneColumn } from '../../store/review-columns.ts';
import { encodePlanOf, vectorPlace, type EngineLink } from '../engine/index.ts';
import type { ModelsService } from '../models/index.ts';

export type SimilarPairs = OutputOf<(typeof linksContract)['review.similar']>;
export type SimilarQuestion = { readonly origin: PairOrigin; readonly pair: number; readonly side: Side; readonly count: number };
type Parts = { readonly project: Project; readonly engine: EngineLink; readonly models: ModelsService };

/** Sentences asked for beyond the pairs wanted: not every sentence of a run is in a pair. */
const spare = 200;
const mostAsked = 4_096;
const chunk = 65_536;

/** Pairs whose imported text on one side is nearest to that of a pair as it reads now, by vectors that mining or scoring has left; an edited text is encoded for it. */
export const similarPairs = async ({ project, engine, models }: Parts, { origin, pair, side, count }: SimilarQuestion, signal: AbortSignal): Promise<SimilarPairs> => {
  const block = project.pairs.block(origin);
  const collection = block[side];
  const found = storedVectors(project, models, origin, collection);
  if (found === null) return { encoder: null, rows: [], missing: 'There are no vectors of these texts yet. Mine with them, or score this bitext; then similar pairs are found.' };
  const { sources, targets } = project.pairs.ordinals(origin, pair, 1);
  const ordinal = (side === 'source' ? sources : targets)[0] ?? 0;
  const { [side]: [text = ''], original: { [side]: [imported = ''] } } = project.pairs.texts(origin, [pair], [side]);
  const of = text === imported ? { ordinal } : { encoder: found.encoder, text };
  const nearest = await (await engine.client()).call('engine.similar', { ...found.place, of, count: Math.min(mostAsked, count + spare) }, { signal });
  const cosines = new Map(nearest.ordinals.map((one, at) => [one, nearest.cosines[at] ?? 0]));
  // Other pairs with the very same sentence are as near as can be.
  if (text === imported) cosines.set(ordinal, 1);
  const pairs = (await pairsWith(project, origin, side, cosines, signal)).filter(({ id }) => id !== pair).toSorted((one, other) => other.cosine - one.cosine || one.id - other.id).slice(0, count);
  const texts = project.pairs.texts(origin, pairs.map(({ id }) => id));
  return { encoder: found.encoder.id, rows: pairs.map(({ id, cosine }, at) => ({ pair: id, source: texts.source[at] ?? '', target: texts.target[at] ?? '', cosine, edited: texts[side][at] !== texts.original[side][at] })), missing: null };
};

type Stored = { readonly encoder: EncoderDescription; readonly place: { readonly folder: string; readonly rows: string; readonly sentences: number; readonly dimension: number; readonly precision: 'f32' | 'f16' } };

/** The vectors of a run over these sentences, its own first, whose files and encoder are still there. */
const storedVectors = (project: Project, models: ModelsService, origin: PairOrigin, collection: number): Stored | null => {
  const runs = project.runs.list();
  const own = runs.filter((run) => 'run' in origin && run.id === origin.run);
  for (const run of [...own, ...runs.filter((one) => !own.includes(one) && holds(project, one, collection))]) {
    for (const planned of run.plan.encoders) {
      const encoder = models.candidates().find((one) => one.encoder.id === planned.id)?.encoder;
      if (encoder === undefined) continue;
      const place = vectorPlace(project, encoder, encodePlanOf(run.plan, planned), collection);
      if (existsSync(place.rows)) return { encoder, place: { ...place, sentences: project.sentences.count(collection), dimension: encoder.dimension, precision: run.plan.precision } };
    }
  }
  return null;
};

const holds = (project: Project, run: Run, collection: number): boolean => [run.source, run.target].some((one) => {
  const { source, target } = project.collections.sides(one.collection);
  return source === collection || target === collection;
});

const pairsWith = async (project: Project, origin: PairOrigin, side: Side, cosines: ReadonlyMap<number, number>, signal: AbortSignal): Promise<{ readonly id: number; readonly cosine: number }[]> => {
  const { first, count } = project.pairs.range(origin);
  const gone = project.columns.find(origin, goneColumn);
  const found: { readonly id: number; readonly cosine: number }[] = [];
  for (let from = first; from < first + count; from += chunk) {
    signal.throwIfAborted();
    const length = Math.min(chunk, first + count - from);
    const ordinals = project.pairs.ordinals(origin, from, length)[side === 'source' ? 'sources' : 'targets'];
    const hidden = gone === null ? null : project.columns.read(gone, from, length);
    for (const [at, ordinal] of ordinals.entries()) {
      const cosine = cosines.get(ordinal);
      if (cosine !== undefined && hidden?.[at] !== 1) found.push({ id: from + at, cosine });
    }
    await setImmediate();
  }
  return found;
};
