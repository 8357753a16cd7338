import type { TextToTranslate, TranslatedText, TranslationHypothesis, TranslationSearch } from '../../contract/translation.ts';
import { beamSearch, beamsOf, type Hypothesis } from '../../domain/translate/beam-search.ts';
import type { Controls } from '../../domain/translate/model-family.ts';
import { sampleTargets, seedOf } from '../../domain/translate/sample-targets.ts';
import type { Seq2SeqScorer } from '../../domain/translate/seq2seq-scorer.ts';
import { termAutomaton, type TermAutomaton } from '../../domain/translate/term-automaton.ts';
import type { Seq2SeqFiles } from './model-files.ts';
import { hasExactWeights, longestTarget, type TranslationModel } from './translation-models.ts';

/** Bytes that the rows of one batch may take: logits, states and caches, each twice while rows are picked. */
export const batchBudget = 256 * 1024 * 1024;
/** Rows of one step, by the decoder's size: as many as a quarter of a second takes on a desktop processor, so that interactive work gets in between two steps. */
const mostRows = ({ checksums, decoder }: Seq2SeqFiles): number => Math.max(8, Math.min(128, Math.floor(16e9 / (checksums[decoder]?.bytes ?? 1))));

export type TranslationRequest = {
  readonly sourceLanguage: string; readonly targetLanguage: string; readonly search: TranslationSearch;
  readonly texts: readonly TextToTranslate[]; readonly known: readonly boolean[]; readonly budget?: number;
};

type Prepared = { readonly index: number; readonly source: Int32Array; readonly terms: TermAutomaton | null; readonly rows: number; /** Numbers of the terms in the automaton, and of those that the vocabulary cannot write. */ readonly asked: readonly number[]; readonly impossible: readonly number[] };

/** Translates texts batch by batch; `give` gets each batch as it is done. The contract says which batches there are. */
export const translateTexts = async (model: TranslationModel, request: TranslationRequest, scorer: Seq2SeqScorer, controls: Controls, give: (texts: readonly TranslatedText[]) => Promise<void>, signal: AbortSignal): Promise<void> => {
  const { files } = model;
  const texts = await Promise.all(request.texts.map((text, index) => prepare(model, controls, request.search, text, index)));
  const readable = texts.filter(({ source }) => source.length <= files.longest);
  const refused = texts.filter((one) => !readable.includes(one) && request.known[one.index] !== true);
  if (refused.length > 0) await give(refused.map(({ index, source }) => ({ index, hypotheses: [], tokens: source.length, tooLong: true })));
  for (const batch of batchesOf(readable, files, controls.prompt.length, request.budget ?? batchBudget)) {
    if (batch.every(({ index }) => request.known[index] === true)) continue;
    const found = await search(batch, request.search, files, controls, scorer, signal);
    await give(await Promise.all(batch.map(async (one, at) => ({ index: one.index, tokens: one.source.length, tooLong: false, hypotheses: await written(model, one, found[at] ?? []) }))));
  }
};

const prepare = async ({ tokenizer }: TranslationModel, controls: Controls, search: TranslationSearch, { text, terms }: TextToTranslate, index: number): Promise<Prepared> => {
  const source = await tokenizer.encodeSource(text, controls);
  if (search.kind === 'sample' || terms.length === 0) return { index, source, terms: null, asked: [], impossible: [], rows: search.kind === 'sample' ? search.count : Math.max(search.beams, search.count) };
  const all = await Promise.all(terms.map(async ({ forms, times }) => ({ times, forms: (await Promise.all(forms.map((form) => tokensOf(tokenizer, form)))).filter((ids) => ids.length > 0) })));
  const asked = [...all.keys()].filter((at) => (all[at]?.forms.length ?? 0) > 0);
  const automaton = termAutomaton(asked.flatMap((at) => all[at] ?? []));
  return { index, source, terms: automaton, asked, impossible: [...all.keys()].filter((at) => !asked.includes(at)), rows: beamsOf(Math.max(search.beams, search.count), automaton) };
};

/** The tokens of a form of a term; none where the vocabulary cannot write it. */
const tokensOf = async (tokenizer: TranslationModel['tokenizer'], form: string): Promise<Int32Array> => {
  const { ids } = await tokenizer.encodeTarget(form);
  return (await tokenizer.decode([...ids])).trim() === form.trim() ? ids : new Int32Array();
};

/** Texts of like length together (length, then place), within the budget; alone where a text's numbers depend on its company. */
const batchesOf = (texts: readonly Prepared[], files: Seq2SeqFiles, promptLength: number, budget: number): readonly (readonly Prepared[])[] => {
  const order = [...texts].sort((left, right) => left.source.length - right.source.length || left.index - right.index);
  if (!hasExactWeights(files)) return order.map((one) => [one]);
  const most = mostRows(files);
  const batches: Prepared[][] = [];
  let rows = 0;
  for (const one of order) {
    const last = batches.at(-1);
    const bytes = rowBytes(one.source.length, files, promptLength);
    if (last !== undefined && rows + one.rows <= most && (rows + one.rows) * bytes <= budget) {
      last.push(one);
      rows += one.rows;
    } else {
      batches.push([one]);
      rows = one.rows;
    }
  }
  return batches;
};

/** Bytes of one row at its longest: logits, encoder states, and keys and values of source and target in every layer. */
const rowBytes = (sourceTokens: number, files: Seq2SeqFiles, promptLength: number): number =>
  2 * 4 * (files.vocabularySize + sourceTokens * files.width + 2 * files.layers * files.heads * files.headSize * (sourceTokens + longestTarget(sourceTokens, files, promptLength)));

const search = async (batch: readonly Prepared[], how: TranslationSearch, files: Seq2SeqFiles, { prompt }: Controls, scorer: Seq2SeqScorer, signal: AbortSignal): Promise<readonly (readonly Hypothesis[])[]> => {
  const encoded = await scorer.encode(batch.map(({ source }) => source), signal);
  const longest = batch.map(({ source }) => longestTarget(source.length, files, prompt.length));
  const shared = { end: files.end, forbidden: files.forbidden, longest };
  if (how.kind === 'sample') return sampleTargets(encoded, { ...shared, ...how, seeds: batch.map(({ source }) => seedOf(how.seed, source)) }, signal);
  const found = await beamSearch(encoded, { ...shared, beams: Math.max(how.beams, how.count), lengthPenalty: how.lengthPenalty, promptLength: prompt.length - 1, terms: batch.map(({ terms }) => terms) }, signal);
  return found.map((hypotheses) => hypotheses.slice(0, how.count));
};

const written = ({ tokenizer }: TranslationModel, { asked, impossible }: Prepared, hypotheses: readonly Hypothesis[]): Promise<TranslationHypothesis[]> =>
  Promise.all(hypotheses.map(async ({ tokens, score, logProbability, ended, unmet }) => ({
    text: await tokenizer.decode([...tokens]), score, logProbability, ended, unmet: [...unmet.flatMap((at) => asked[at] ?? []), ...impossible].sort((left, right) => left - right),
  })));
