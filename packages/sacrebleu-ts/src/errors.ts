/** Every way this package refuses its input. */
export const sacrebleuErrorCodes = [
  'empty-corpus', 'unequal-lengths', 'no-reference', 'lone-surrogate',
  'unknown-tokenizer', 'tokenizer-unavailable', 'unknown-option', 'bad-option', 'bad-statistics', 'bad-model',
] as const;
export type SacrebleuErrorCode = (typeof sacrebleuErrorCodes)[number];

/** Where something is: a segment, counted from 0, and in it the hypothesis (`reference: null`) or a reference, counted from 0. */
export type Place = { readonly segment: number; readonly reference: number | null };

/** The one error class of the package. Its message is a sentence; its `places` name the segments concerned. */
export class SacrebleuError extends Error {
  readonly code: SacrebleuErrorCode;
  readonly places: readonly Place[];

  constructor(code: SacrebleuErrorCode, message: string, places: readonly Place[] = []) {
    super(message);
    this.name = 'SacrebleuError';
    this.code = code;
    this.places = places;
  }
}
