import type { TranslateSettings } from '../../contract/translate.ts';
import type { TextToTranslate, TranslationHypothesis } from '../../contract/translation.ts';
import { missingTerms, type Glossary, type GlossaryTerm } from '../../domain/translate/glossary.ts';
import { piecesOfText, restored, type LinePlan, type PlannedText } from '../../domain/translate/line-plan.ts';
import { chrfMetric, expectedScores, type SegmentMetric } from '../../domain/translate/minimum-risk.ts';
import { oneLine, type RankedText } from '../../domain/translate/translated-line.ts';
import type { KeptTranslation } from './kept-translations.ts';

/** A line's translations, best first, and what has to be said about it. */
export type LineAnswer = {
  readonly ranked: readonly RankedText[]; readonly tooLong: boolean; readonly cutOff: boolean; readonly tokens: number;
  readonly segments: number;
  /** The model lost a segment, so that the text around them was translated in pieces. */
  readonly inPieces: boolean;
  readonly terms: number; readonly missing: readonly GlossaryTerm[];
};

/** A text on its way: masks are wanted in every language it passes, terms of the glossary in the last. */
export type RouteText = { readonly text: string; readonly masks: TextToTranslate['terms']; readonly terms: TextToTranslate['terms'] };

/** Where texts become translations: one model, or two over a third language. */
export type Route = { translate(texts: readonly RouteText[], done: (count: number) => void, signal: AbortSignal): Promise<readonly KeptTranslation[]> };

export type LinesInput = { readonly route: Route; readonly settings: TranslateSettings; readonly glossary: Glossary | null };

/** Translates a block of lines that hold text: whole first, then in pieces what lost a protected segment. `done` counts lines. */
export const translateLines = async (input: LinesInput, plans: readonly LinePlan[], done: (count: number) => void, signal: AbortSignal): Promise<readonly LineAnswer[]> => {
  const rank = createRank(input.settings);
  const texts = plans.flatMap(({ parts }) => parts.filter((part): part is PlannedText => !('kept' in part)));
  const whole = await input.route.translate(texts.map((text) => masked(text, input)), (count) => done(Math.floor(plans.length * count / Math.max(1, texts.length))), signal);
  const answers = new Map(texts.map((text, at) => [text, answerOf(text, whole[at] ?? nothing, rank)] as const));
  await translatePieces(input, answers, rank, signal);
  done(plans.length);
  return plans.map((plan) => lineOf(plan, answers, input));
};

const nothing: KeptTranslation = { hypotheses: [], tokens: 0, tooLong: false };

const masked = ({ masked: whole }: PlannedText, { glossary, settings }: LinesInput): RouteText => ({
  text: whole.text, terms: termsOf(whole.text, glossary),
  masks: settings.search.kind === 'sample' ? [] : whole.masks.map(({ mask }) => ({ forms: [mask], times: 1 })),
});

const termsOf = (text: string, glossary: Glossary | null): TextToTranslate['terms'] => (glossary?.termsOf(text) ?? []).map(({ forms, times }) => ({ forms: [...forms], times }));

/** What became of one text. `ranked` is empty where the model lost a segment in every translation. */
type TextAnswer = { readonly ranked: readonly RankedText[]; readonly tooLong: boolean; readonly cutOff: boolean; readonly tokens: number; readonly inPieces: boolean };

type Rank = (hypotheses: readonly TranslationHypothesis[]) => readonly TranslationHypothesis[];

const answerOf = (text: PlannedText, { hypotheses, tokens, tooLong }: KeptTranslation, rank: Rank): TextAnswer => {
  const whole = hypotheses.flatMap((one) => {
    const back = restored(text, oneLine(one.text));
    return back === null ? [] : [{ ...one, text: back }];
  });
  const ranked = rank(whole);
  return { ranked, tooLong, tokens, cutOff: ranked[0]?.ended === false, inPieces: false };
};

/** Puts an answer in pieces in the place of those that lost a segment. */
const translatePieces = async ({ route, glossary }: LinesInput, answers: Map<PlannedText, TextAnswer>, rank: Rank, signal: AbortSignal): Promise<void> => {
  const broken = [...answers].filter(([, { ranked, tooLong }]) => ranked.length === 0 && !tooLong).map(([text]) => ({ text, pieces: piecesOfText(text) }));
  const proses = broken.flatMap(({ pieces }) => pieces.flatMap((piece) => ('prose' in piece ? [piece.prose] : [])));
  if (proses.length === 0) return;
  const made = await route.translate(proses.map((text) => ({ text, masks: [], terms: termsOf(text, glossary) })), () => undefined, signal);
  const best = made.map((one) => ({ ...one, best: rank(one.hypotheses)[0] }));
  let at = 0;
  for (const { text, pieces } of broken) {
    const own = best.slice(at, at + pieces.filter((piece) => 'prose' in piece).length);
    at += own.length;
    let next = 0;
    const joined = pieces.map((piece) => ('kept' in piece ? piece.kept : oneLine(own[next++]?.best?.text ?? ''))).join('');
    const score = own.reduce((sum, one) => sum + (one.best?.score ?? 0), 0) / own.length;
    answers.set(text, { ranked: [{ text: joined, score }], tooLong: own.some((one) => one.tooLong), cutOff: own.some((one) => one.best?.ended === false), tokens: own.reduce((sum, one) => sum + one.tokens, 0), inPieces: true });
  }
};

const lineOf = ({ parts, segments }: LinePlan, answers: ReadonlyMap<PlannedText, TextAnswer>, { glossary, settings }: LinesInput): LineAnswer => {
  const texts = parts.filter((part): part is PlannedText => !('kept' in part));
  const own = texts.flatMap((text) => answers.get(text) ?? []);
  const tooLong = own.some((one) => one.tooLong);
  // Of several texts in a line (the values of a JSON record) only the best of each is joined.
  const most = texts.length === 1 ? Math.min(settings.count, own[0]?.ranked.length ?? 0) : 1;
  const ranked = tooLong ? [] : Array.from({ length: most }, (_, rank): RankedText => ({
    text: parts.map((part) => ('kept' in part ? part.kept : written(part, answers.get(part)?.ranked[rank]?.text ?? ''))).join(''),
    score: own.reduce((sum, one) => sum + (one.ranked[rank]?.score ?? 0), 0) / Math.max(1, own.length),
  }));
  const terms = texts.flatMap(({ masked }) => glossary?.termsOf(masked.text) ?? []);
  return {
    ranked, tooLong, cutOff: own.some((one) => one.cutOff), tokens: own.reduce((sum, one) => sum + one.tokens, 0), segments, inPieces: own.some((one) => one.inPieces),
    terms: terms.length, missing: missingTerms(terms, ranked[0]?.text ?? ''),
  };
};

const written = ({ json }: PlannedText, text: string): string => (json ? JSON.stringify(text) : text);

/** Best first: by agreement with the others, or by the model's own score; what lacks a term comes after what holds more. */
const createRank = ({ ranking, search }: TranslateSettings): Rank => {
  const metric: SegmentMetric | null = ranking === 'mbr' ? chrfMetric() : null;
  return (hypotheses) => {
    const expected = metric === null ? null : expectedScores(hypotheses, metric, search.kind === 'sample' ? 'even' : 'model');
    const scored = expected === null ? hypotheses : hypotheses.map((one, at) => ({ ...one, score: expected[at] ?? 0 }));
    return [...scored].sort((left, right) => left.unmet.length - right.unmet.length || right.score - left.score);
  };
};
