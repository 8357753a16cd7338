import { SacrebleuError } from './errors.ts';

/** @throws SacrebleuError `unknown-option` for a key that is not among the known ones: a misspelt option must not change a score silently. */
export const checkOptionNames = (metric: string, options: object, known: readonly string[]): void => {
  const strange = Object.keys(options).filter((name) => !known.includes(name));
  if (strange.length > 0) throw new SacrebleuError('unknown-option', `${metric} has no option ${strange.map((name) => `"${name}"`).join(', ')}. It has ${known.join(', ')}.`);
};

/** @throws SacrebleuError `bad-option` unless the value is a whole number of at least `least`. */
export const checkWhole = (metric: string, name: string, value: number, least: number): void => {
  if (!Number.isSafeInteger(value) || value < least) throw new SacrebleuError('bad-option', `${metric}'s ${name} must be a whole number from ${least} on, not ${value}.`);
};
