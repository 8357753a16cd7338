import { Failure } from '../../contract/errors.ts';
import type { PairEvent, Side } from '../../contract/review.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import { cutText, joinTexts } from '../../domain/review/cut-and-join.ts';
import { editedText } from '../../domain/review/edited-text.ts';
import { normalise } from '../../domain/review/normalise.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { NewEvent, StoredAnnotator } from '../../store/api-review.ts';
import { recheck } from './checks-recheck.ts';
import { changePairs, pairsInWords, presentPairs, type Changed, type OnPairs, type ReviewContext } from './context.ts';

type Part = Pick<PartOf<WorkbenchContract, 'review'>, 'review.edit' | 'review.split' | 'review.merge' | 'review.swap' | 'review.normalise'>;
type Kind = Extract<PairEvent['kind'], 'edit' | 'split' | 'merge' | 'swap'>;
/** Both texts of a pair as they shall read; undefined leaves a side. */
type Wanted = { readonly pair: number; readonly source?: string; readonly target?: string };

export const bothSides = ['source', 'target'] as const;
const longestText = 1_000_000;

/** Texts of single pairs: edited, cut, joined, exchanged, cleaned. The imported ones are never touched. */
export const createEditing = (context: ReviewContext): Part => {
  const { project } = context;
  const textsOf = (origin: OnPairs['origin'], ids: ArrayLike<number>) => project().pairs.texts(origin, ids);
  return {
    'review.edit': ({ origin, pair, annotator, side, text }) => {
      const by = project().reviews.annotator(annotator);
      const [id = pair] = presentPairs(project(), { origin, pairs: [pair] });
      if (text !== null && text.length > longestText) throw new Failure('bad-input', `The text has ${text.length} characters; ${longestText} are the most a side may have.`, { detail: 'Nothing was changed.' });
      const wanted = text === null ? textsOf(origin, [id]).original[side][0] ?? '' : editedText(text);
      const title = text === null ? `Restored the ${side} of pair ${id}` : `Edited the ${side} of pair ${id}`;
      return writeTexts(context, { origin, annotator }, { title, by }, 'edit', [{ pair: id, [side]: wanted }], () => project().reviews.setDraft(annotator, id, side, null));
    },
    'review.split': async ({ origin, pair, annotator, sourceAt, targetAt }) => {
      const by = project().reviews.annotator(annotator);
      const ids = presentPairs(project(), { origin, pairs: [pair] });
      const texts = textsOf(origin, ids);
      const source = cutText(texts.source[0] ?? '', sourceAt);
      const target = cutText(texts.target[0] ?? '', targetAt);
      if (source === null || target === null) {
        throw new Failure('bad-input', `One half of the ${source === null ? 'source' : 'target'} would be empty.`, { detail: 'Nothing was changed.', hint: 'Put both cuts inside their texts.' });
      }
      let added = pair;
      return changePairs(context, { origin, pairs: [pair] }, { title: `Split pair ${pair}`, by }, (recorder) => {
        added = recorder.addPair(origin, pair);
        const both = Uint32Array.of(pair, added);
        void recorder.setTexts(origin, both, { source: source.map((half) => asEdit(half, texts.original.source[0])), target: target.map((half) => asEdit(half, texts.original.target[0])) });
        recheck(project(), recorder, origin, both, { source, target });
        for (const [place, id] of both.entries()) for (const [side, half] of [['source', source[place]], ['target', target[place]]] as const) {
          recorder.addEvent({ pair: id, annotator, kind: 'split', side, before: texts[side][0] ?? '', after: half ?? '', at: context.now() });
        }
      }, () => [pair, added]);
    },
    'review.merge': async ({ origin, pairs, annotator }) => {
      const by = project().reviews.annotator(annotator);
      const ids = presentPairs(project(), { origin, pairs });
      if (ids.length < 2) throw new Failure('bad-input', 'Merging needs at least two pairs.', { hint: 'Select those that belong together.' });
      const texts = textsOf(origin, ids);
      const [first = 0, ...others] = ids;
      const joined = { source: joinTexts(texts.source), target: joinTexts(texts.target) };
      return changePairs(context, { origin, pairs: [first] }, { title: `Merged ${pairsInWords(ids)} into pair ${first}`, by }, (recorder) => {
        void recorder.setTexts(origin, Uint32Array.of(first), { source: [asEdit(joined.source, texts.original.source[0])], target: [asEdit(joined.target, texts.original.target[0])] });
        recheck(project(), recorder, origin, Uint32Array.of(first), { source: [joined.source], target: [joined.target] });
        void recorder.hidePairs(origin, Uint32Array.from(others));
        for (const side of bothSides) recorder.addEvent({ pair: first, annotator, kind: 'merge', side, before: texts[side][0] ?? '', after: joined[side], at: context.now() });
        for (const pair of others) recorder.addEvent({ pair, annotator, kind: 'merge', side: null, before: null, after: String(first), at: context.now() });
      });
    },
    'review.swap': ({ origin, pairs, annotator }) => {
      const by = project().reviews.annotator(annotator);
      const ids = presentPairs(project(), { origin, pairs });
      const texts = textsOf(origin, ids);
      const wanted = Array.from(ids, (pair, at): Wanted => ({ pair, source: texts.target[at] ?? '', target: texts.source[at] ?? '' }));
      return writeTexts(context, { origin, annotator }, { title: `Swapped the sides of ${pairsInWords(ids)}`, by }, 'swap', wanted);
    },
    'review.normalise': ({ origin, pairs, annotator, side, steps }) => {
      const by = project().reviews.annotator(annotator);
      const ids = presentPairs(project(), { origin, pairs });
      const texts = textsOf(origin, ids);
      const wanted = Array.from(ids, (pair, at): Wanted => ({
        pair, ...(side === 'target' ? {} : { source: normalise(texts.source[at] ?? '', steps) }), ...(side === 'source' ? {} : { target: normalise(texts.target[at] ?? '', steps) }),
      }));
      return writeTexts(context, { origin, annotator }, { title: `Normalised ${pairsInWords(ids)}`, by }, 'edit', wanted);
    },
  };
};

/** Writes what differs from the texts as they read now, with an event for each side; an entry is made where nothing differs, too: undo then gives nothing back. */
export const writeTexts = (
  context: ReviewContext, { origin, annotator }: Pick<OnPairs, 'origin' | 'annotator'>, about: { readonly title: string; readonly by: StoredAnnotator }, kind: Kind, wanted: readonly Wanted[], also: () => void = () => undefined,
): Promise<Changed> => {
  const pairs = wanted.map(({ pair }) => pair);
  const now = context.project().pairs.texts(origin, pairs);
  const events: NewEvent[] = [];
  const edits = (side: Side): (string | null | undefined)[] => wanted.map((one, at) => {
    const text = one[side];
    if (text === undefined || text === now[side][at]) return undefined;
    events.push({ pair: one.pair, annotator, kind, side, before: now[side][at] ?? '', after: text, at: context.now() });
    return asEdit(text, now.original[side][at]);
  });
  const texts = { source: edits('source'), target: edits('target') };
  return changePairs(context, { origin, pairs }, about, (recorder) => {
    also();
    if (events.length === 0) return;
    const ids = Uint32Array.from(pairs);
    void recorder.setTexts(origin, ids, texts);
    recheck(context.project(), recorder, origin, ids, { source: wanted.map((one, at) => one.source ?? now.source[at] ?? ''), target: wanted.map((one, at) => one.target ?? now.target[at] ?? '') });
    for (const event of events) recorder.addEvent(event);
  });
};

/** A text that is the imported one needs no place in the overlay. */
export const asEdit = (text: string, original: string | undefined): string | null => (text === original ? null : text);
