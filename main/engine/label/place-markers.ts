import type { engineContract } from '../../contract/engine.ts';
import type { InputOf, ItemOf } from '../../contract/method.ts';
import { planMarkerSearch, type MarkerSearchName } from '../../domain/label/marker-plan.ts';
import type { MarkerSearch } from '../../domain/label/marker-search.ts';
import { searchBreadth } from '../../domain/label/marker-search-breadth.ts';
import { searchDepth } from '../../domain/label/marker-search-depth.ts';
import { searchTable } from '../../domain/label/marker-search-table.ts';
import { targetRow, type Seq2SeqScorer } from '../../domain/translate/seq2seq-scorer.ts';
import type { Implementation } from '../../rpc/server.ts';
import type { TranslationModel, TranslationModels } from '../seq2seq/translation-models.ts';
import { throwIfCancelled } from '../run-queue.ts';
import { markedSource, markerIds, templateOf, type Template } from './marked-text.ts';

export type PlaceMarkersPart = Pick<Implementation<typeof engineContract>, 'engine.placeMarkers'>;

type Request = InputOf<(typeof engineContract)['engine.placeMarkers']>;
type Span = Request['spans'][number];
type Placed = ItemOf<(typeof engineContract)['engine.placeMarkers']>['placed'];

const searches: Readonly<Record<MarkerSearchName, MarkerSearch>> = { table: searchTable, breadth: searchBreadth, depth: (question, signal) => searchDepth(question, signal) };
/** Rows that share a decoder call. */
const rowsACall = 16;
const nothing = { best: [], share: 0, reverse: [], rows: 0, calls: 0 };

/** Constrained decoding: the translation is fixed, the model only says where its markers belong. One search a span; all three are exact. */
export const createPlaceMarkers = ({ models }: { readonly models: TranslationModels }): PlaceMarkersPart => ({
  'engine.placeMarkers': async (request, { signal, item }) => models.use({ ...request.model, provider: request.provider, threads: request.threads }, async (model) => {
    const place = await placer(model, request, signal);
    const sum = { rows: 0, calls: 0 };
    for (const [number, span] of request.spans.entries()) {
      throwIfCancelled(signal);
      const placed = await place(span);
      sum.rows += placed.rows;
      sum.calls += placed.calls;
      await item({ span: number, placed });
    }
    return sum;
  }),
});

const placer = async (model: TranslationModel, request: Request, signal: AbortSignal): Promise<(span: Span) => Promise<Placed>> => {
  const { files, tokenizer } = model;
  const { sourceLanguage, targetLanguage } = request;
  const markers = await markerIds(tokenizer, files.folder);
  const controls = model.controls(sourceLanguage, targetLanguage);
  const scorer = model.scorer(controls, 'batch', signal);
  const score = request.reverse ? reverseScorer(model, request, signal) : undefined;
  return async ({ source, from, to, target }) => {
    const template = await templateOf(tokenizer, target.text, target.words);
    const name = request.search === 'auto' ? planMarkerSearch({ provider: request.provider, vocabularySize: files.vocabularySize }) : request.search;
    if (!template.slots.open.includes(1)) return { ...nothing, search: name, refused: 'no-words' };
    const marked = await tokenizer.encodeSource(markedSource(source, from, to), controls);
    const longest = files.longest - controls.prompt.length - 2;
    if (marked.length > files.longest || template.ids.length > longest) return { ...nothing, search: name, refused: 'too-long' };
    const encoded = await scorer.encode([marked]);
    const { spans, share, counters } = await searches[name]({ encoded, source: 0, template: template.ids, end: files.end, ...markers, slots: template.slots, count: request.count, rows: rowsACall }, signal);
    const best = spans.map((span) => ({ ...template.wordsOf(span.from, span.to), score: span.score }));
    return { best, share, reverse: score === undefined ? [] : await score(source.slice(from, to), best.map((words) => textOf(target, words))), search: name, rows: counters.rows, calls: counters.calls, refused: null };
  };
};

const textOf = ({ text, words }: Span['target'], { from, to }: ReturnType<Template['wordsOf']>): string => text.slice(words[from]?.[0] ?? 0, words[to - 1]?.[1] ?? 0);

/** log P of a span's own words given each candidate's, from the target language to the source language; none for a model of one direction. */
const reverseScorer = (model: TranslationModel, { sourceLanguage, targetLanguage }: Request, signal: AbortSignal): ((span: string, candidates: readonly string[]) => Promise<number[]>) => {
  const { tokenizer, files, family } = model;
  if (family === 'marian') return async () => [];
  const controls = model.controls(targetLanguage, sourceLanguage);
  const scorer: Seq2SeqScorer = model.scorer(controls, 'batch', signal);
  return async (span, candidates) => {
    const { ids } = await tokenizer.encodeTarget(span);
    const encoded = await scorer.encode(await Promise.all(candidates.map((text) => tokenizer.encodeSource(text, controls))));
    const rows = await encoded.force(candidates.map((_, source) => targetRow(source, ids, files.end)));
    return rows.map((row) => row.reduce((sum, one) => sum + one, 0));
  };
};
