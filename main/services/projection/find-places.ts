import { Failure } from '../../contract/errors.ts';
import type { FoundSpans } from '../../contract/label.ts';
import type { Provider } from '../../contract/models.ts';
import { mostPairsToAlign } from '../../contract/projection-engine.ts';
import type { ProjectionSettings } from '../../contract/projection.ts';
import { labelWords, type WordRange } from '../../domain/label/label-words.ts';
import { projectByLinks, projectByMarkers, usualAlignment, usualConstrained, usualReverseWeight, type MarkerPlaces, type SourceSpan } from '../../domain/label/project-labels.ts';
import type { SureLink } from '../../domain/label/state-links.ts';
import { covers } from '../../domain/models/language-coverage.ts';
import type { EngineClient } from '../engine/index.ts';
import type { ModelsService } from '../models/index.ts';

/** A sentence with labelled spans, and its translation. Places are UTF-16 units. */
export type LabelledPair = { readonly source: string; readonly spans: readonly SourceSpan[]; readonly target: string };

/** What of one search is kept. */
export type PlacedSpan = MarkerPlaces & { readonly rows: number; readonly calls: number };

export type Places = {
  /** For every sentence and every span of it what each method found. */
  readonly found: readonly (readonly (readonly FoundSpans[])[])[];
  /** Word links with their words, for showing; empty where no alignment ran. */
  readonly links: readonly (readonly SureLink[])[];
  readonly aligner: { readonly kind: 'encoder' | 'statistical'; readonly encoder: string | null } | null;
  readonly effort: { readonly rows: number; readonly calls: number };
};

export type PlacesInput = {
  readonly engine: EngineClient;
  readonly models: Pick<ModelsService, 'candidates'>;
  readonly settings: ProjectionSettings;
  readonly provider: Provider;
  readonly threads: number;
  readonly signal: AbortSignal;
  /** `link`: sentences; `place`: spans. */
  readonly progress: (stage: 'link' | 'place', done: number, total: number) => void;
  readonly note: (text: string) => void;
  /** Searches that are done already, by number over all spans, and who is told of new ones. */
  readonly known?: readonly PlacedSpan[];
  readonly keep?: (placed: readonly PlacedSpan[]) => void;
};

/** Finds the places of all spans of labelled sentences in their translations, by one method or both. */
export const findPlaces = async (pairs: readonly LabelledPair[], input: PlacesInput): Promise<Places> => {
  const { method, sourceLanguage, targetLanguage } = input.settings;
  const words = pairs.map(({ source, target }) => ({ source: labelWords(source, sourceLanguage), target: labelWords(target, targetLanguage) }));
  const aligned = method === 'constrained' ? null : await align(pairs, words, input);
  const placed = method === 'alignment' ? null : await place(pairs, words, input);
  let next = 0;
  const found = pairs.map(({ spans }, at) => {
    const sentence = { spans, sourceWords: words[at]?.source ?? [], targetWords: words[at]?.target ?? [] };
    const own = placed?.slice(next, next + spans.length);
    next += spans.length;
    const byMethod = [
      ...(aligned === null ? [] : [projectByLinks(sentence, aligned.links[at] ?? [], aligned.kind === 'statistical' ? { ...usualAlignment, leastConfidence: 0 } : usualAlignment)]),
      ...(own === undefined ? [] : [projectByMarkers(sentence, own, { ...usualConstrained, reverseWeight: input.settings.reverse ? usualReverseWeight : 0 })]),
    ];
    return spans.map((_, span) => byMethod.flatMap((answers) => answers[span] ?? []));
  });
  const effort = (placed ?? []).reduce((sum, { rows, calls }) => ({ rows: sum.rows + rows, calls: sum.calls + calls }), { rows: 0, calls: 0 });
  return { found, links: aligned?.links ?? [], aligner: aligned === null ? null : { kind: aligned.kind, encoder: aligned.encoder }, effort };
};

type Words = { readonly source: readonly WordRange[]; readonly target: readonly WordRange[] };
type Aligned = { readonly kind: 'encoder' | 'statistical'; readonly encoder: string | null; readonly links: SureLink[][] };

/** By the first encoder that knows both languages and shows the states of words; else statistically. */
const align = async (pairs: readonly LabelledPair[], words: readonly Words[], input: PlacesInput): Promise<Aligned> => {
  const { aligner, sourceLanguage, targetLanguage } = input.settings;
  if (aligner === 'statistical') return learn(pairs, words, input);
  for (const { encoder } of input.models.candidates()) {
    if (![sourceLanguage, targetLanguage].every((language) => covers(encoder.languages, language))) continue;
    try {
      return { kind: 'encoder', encoder: encoder.id, links: await linksBy(encoder, pairs, words, input) };
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.data.code !== 'model-unsupported') throw thrown;
    }
  }
  const none = `No encoder here that shows the states of single words knows both ${sourceLanguage} and ${targetLanguage}.`;
  if (aligner === 'encoder') throw new Failure('language-unknown', none, { hint: 'Choose the statistical aligner, which learns from the sentences themselves.' });
  input.note(`${none} The statistical aligner was used, which learns from these sentences alone${pairs.length < fewForLearning ? `; ${pairs.length} are few for that` : ''}.`);
  return learn(pairs, words, input);
};

/** With fewer pairs a learned aligner knows hardly more than positions. */
const fewForLearning = 1000;

const linksBy = async (encoder: ReturnType<ModelsService['candidates']>[number]['encoder'], pairs: readonly LabelledPair[], words: readonly Words[], { engine, provider, threads, signal, progress, note }: PlacesInput): Promise<SureLink[][]> => {
  const all: SureLink[][] = pairs.map(() => []);
  // Sentences without a label need no links.
  const asked = [...pairs.keys()].filter((at) => (pairs[at]?.spans.length ?? 0) > 0 && (words[at]?.target.length ?? 0) > 0);
  for (let start = 0; start < asked.length; start += mostPairsToAlign) {
    const block = asked.slice(start, start + mostPairsToAlign);
    const result = await engine.stream('engine.alignWords', {
      encoder, provider, threads, rule: 'match', unit: 'word',
      pairs: block.map((at) => ({ source: { text: pairs[at]?.source ?? '', words: mutable(words[at]?.source) }, target: { text: pairs[at]?.target ?? '', words: mutable(words[at]?.target) } })),
    }, { signal, onItem: ({ done }) => progress('link', start + done, asked.length) });
    for (const [index, links] of result.links.entries()) all[block[index] ?? 0] = links;
    if (result.note !== null) note(result.note);
    if (result.truncated.length > 0) note(`${result.truncated.length} sentences are longer than ${encoder.title} reads; labels in what was cut off have no place.`);
  }
  return all;
};

const learn = async (pairs: readonly LabelledPair[], words: readonly Words[], { engine, signal, progress }: PlacesInput): Promise<Aligned> => {
  const texts = (text: string, ranges: readonly WordRange[] | undefined): string[] => (ranges ?? []).map(([from, to]) => text.slice(from, to));
  const { links } = await engine.stream('engine.learnWordLinks', { pairs: pairs.map(({ source, target }, at) => ({ source: texts(source, words[at]?.source), target: texts(target, words[at]?.target) })) },
    { signal, onItem: ({ done, total }) => progress('link', Math.floor((done * pairs.length) / Math.max(1, total)), pairs.length) });
  return { kind: 'statistical', encoder: null, links };
};

const mutable = (ranges: readonly WordRange[] | undefined): [number, number][] => (ranges ?? []).map(([from, to]) => [from, to]);

/** Spans a call, and between two times that what was found is kept. */
const spansACall = 16;

const place = async (pairs: readonly LabelledPair[], words: readonly Words[], { engine, settings, provider, threads, signal, progress, known = [], keep }: PlacesInput): Promise<PlacedSpan[]> => {
  const { model, search, count, reverse, sourceLanguage, targetLanguage } = settings;
  if (model === null) throw new Failure('bad-input', 'The constrained method needs a translation model.', { hint: 'Name its folder, or choose the method alignment.' });
  const all = pairs.flatMap(({ source, spans, target }, at) => spans.map(({ start, end }) => ({ source, from: start, to: end, target: { text: target, words: mutable(words[at]?.target) } })));
  const placed: PlacedSpan[] = known.slice(0, all.length);
  progress('place', placed.length, all.length);
  for (let start = placed.length; start < all.length; start += spansACall) {
    const block = all.slice(start, start + spansACall);
    await engine.stream('engine.placeMarkers', { model, provider, threads, sourceLanguage, targetLanguage, spans: block, count, search, reverse }, {
      signal,
      onItem: ({ span, placed: one }) => {
        placed[start + span] = { best: one.best, share: one.share, reverse: one.reverse, refused: one.refused, rows: one.rows, calls: one.calls };
        progress('place', start + span + 1, all.length);
      },
    });
    keep?.(placed);
  }
  return placed;
};
