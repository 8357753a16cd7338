import { Failure } from '../../contract/errors.ts';
import type { MarkerQuestion } from '../../domain/label/marker-search.ts';
import type { TranslationTokenizer } from '../seq2seq/translation-tokenizer.ts';

/** From texts to what a marker search is asked with, and back from its tokens to words. */

export type Range = readonly [from: number, to: number];

/** The ids of the two markers in a target, ` [` and ` ]`: asked of the tokenizer, each must be one token. */
export const markerIds = async (tokenizer: TranslationTokenizer, folder: string): Promise<{ readonly open: number; readonly close: number }> => {
  const [open, close] = await Promise.all([' [', ' ]'].map(async (marker) => { const { ids } = await tokenizer.encodeTarget(marker); return ids.length === 1 ? ids[0] : undefined; }));
  if (open === undefined || close === undefined) throw new Failure('model-unsupported', `The model in ${folder} has no single token for “[” or for “]”, so it cannot place them.`, { hint: 'Label with the method “alignment”, or take a model that was tuned with square brackets as markers.' });
  return { open, close };
};

/** The source with brackets round a span, as words of their own: the form that models are tuned with. */
export const markedSource = (text: string, from: number, to: number): string => {
  const [before, after] = [text.slice(0, from), text.slice(to)];
  return `${before}${/\S$/u.test(before) ? ' ' : ''}[ ${text.slice(from, to)} ]${/^[\p{L}\p{N}]/u.test(after) ? ' ' : ''}${after}`;
};

/** A translation as tokens, with the slots at the edges of its words. */
export type Template = {
  readonly ids: Int32Array;
  readonly slots: NonNullable<MarkerQuestion['slots']>;
  /** The words that tokens from .. to - 1 stand for. */
  wordsOf(from: number, to: number): { readonly from: number; readonly to: number };
};

export const templateOf = async (tokenizer: TranslationTokenizer, text: string, words: readonly Range[]): Promise<Template> => {
  const { ids, offsets } = await tokenizer.encodeTarget(text);
  const unit = unitsOf(text);
  const places = offsets.map(([from, to]): Range => [unit(from), unit(to)]);
  const slots = { open: new Uint8Array(ids.length + 1), close: new Uint8Array(ids.length + 1) };
  const tokensOf = words.map(([from, to]) => [...places.keys()].filter((token) => { const [start, end] = places[token] ?? [0, 0]; return start < to && end > from && end > start; }));
  const first = tokensOf.map((tokens) => tokens[0] ?? -1);
  const last = tokensOf.map((tokens) => tokens.at(-1) ?? -1);
  for (const token of first) if (token >= 0) slots.open[token] = 1;
  for (const token of last) if (token >= 0) slots.close[token + 1] = 1;
  return { ids, slots, wordsOf: (from, to) => {
    const inside = [...words.keys()].filter((word) => (first[word] ?? -1) >= 0 && (first[word] ?? 0) < to && (last[word] ?? 0) >= from);
    return { from: inside[0] ?? 0, to: (inside.at(-1) ?? -1) + 1 };
  } };
};

/** From code points, as the tokenizer counts, to UTF-16 units. */
const unitsOf = (text: string): ((codePoint: number) => number) => {
  const starts: number[] = [];
  let unit = 0;
  for (const character of text) {
    starts.push(unit);
    unit += character.length;
  }
  return (codePoint) => starts[codePoint] ?? text.length;
};
