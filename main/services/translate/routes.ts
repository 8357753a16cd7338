import type { TranslateSettings } from '../../contract/translate.ts';
import type { TextToTranslate, TranslationModelFacts } from '../../contract/translation.ts';
import { bestOverPivot } from '../../domain/translate/pivot.ts';
import type { Route, RouteText } from './translate-lines.ts';
import { openTranslator, type Translator, type TranslatorInput } from './translator.ts';

export type OpenRoute = Route & {
  readonly facts: TranslationModelFacts; readonly pivotFacts: TranslationModelFacts | null;
  readonly reused: () => number;
  /** Texts that are finished, of now and before. */
  readonly kept: () => number;
  close(): void;
};

export type RouteInput = Pick<TranslatorInput, 'engine' | 'threads' | 'folder' | 'note'> & { readonly settings: TranslateSettings };

/** Opens the way from source to target: one model, or two over a third language. */
export const openRoute = async ({ settings, ...input }: RouteInput, signal: AbortSignal): Promise<OpenRoute> => {
  const { model, sourceLanguage, targetLanguage, search, pivot } = settings;
  if (pivot === null) {
    const { translate, ...direct } = await openTranslator({ ...input, model, sourceLanguage, targetLanguage, search }, signal);
    return { ...direct, pivotFacts: null, translate: (texts, done, stop) => translate(texts.map(withAll), done, stop) };
  }
  const first = await openTranslator({ ...input, model, sourceLanguage, targetLanguage: pivot.language, search: { kind: 'beam', beams: Math.max(4, pivot.count), count: pivot.count, lengthPenalty: 1 } }, signal);
  try {
    const second = await openTranslator({ ...input, model: pivot.model, sourceLanguage: pivot.language, targetLanguage, search }, signal);
    return overPivot(first, second);
  } catch (thrown) {
    first.close();
    throw thrown;
  }
};

const withAll = ({ text, masks, terms }: RouteText): TextToTranslate => ({ text, terms: [...masks, ...terms] });

/** The first model's best texts, each translated by the second; the joint score decides. */
const overPivot = (first: Translator, second: Translator): OpenRoute => ({
  facts: first.facts, pivotFacts: second.facts,
  reused: () => first.reused(), kept: () => first.kept() + second.kept(),
  close: () => { first.close(); second.close(); },
  translate: async (texts, done, signal) => {
    const between = await first.translate(texts.map(({ text, masks }) => ({ text, terms: masks })), (count) => done(Math.floor(count / 2)), signal);
    const open = texts.flatMap((text, at) => (between[at]?.hypotheses ?? []).map((hypothesis) => ({ at, hypothesis, text: withAll({ ...text, text: hypothesis.text }) })));
    const ends = await second.translate(open.map(({ text }) => text), (count) => done(Math.floor(texts.length / 2 + texts.length * count / 2 / Math.max(1, open.length))), signal);
    const paths = Map.groupBy(open.map((one, at) => ({ ...one, end: ends[at] })), ({ at }) => at);
    return texts.map((_, at) => {
      const ways = paths.get(at) ?? [];
      return {
        tokens: between[at]?.tokens ?? 0, tooLong: between[at]?.tooLong === true || (ways.length > 0 && ways.every(({ end }) => end?.tooLong === true)),
        hypotheses: [...bestOverPivot(ways.flatMap(({ hypothesis, end }) => (end?.hypotheses ?? []).map((last) => ({ first: hypothesis, last }))))],
      };
    });
  },
});
