import { Failure } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';
import type { MinePlan } from '../../contract/mine.ts';
import { chooseEncoder, coverageWarnings } from '../models/choose-encoder.ts';
import { graphBytes } from '../models/encode-effort.ts';
import type { PlannableEncoder, PlanInput } from './plan-input.ts';

type Reason = MinePlan['reasons'][number];
export type ChosenEncoders = { readonly encoders: readonly PlannableEncoder[]; readonly reasons: readonly Reason[]; readonly warnings: readonly string[] };

/** Picks the encoders of a run: the named one, both bundled ones, or by the rule of `auto` (`domain/models/choose-encoder.ts`), which never takes both. */
export const chooseEncoders = (input: PlanInput): ChosenEncoders => {
  const wanted = input.settings.encoder;
  if (input.encoders.length === 0) throw knownFailure('no-encoder');
  if (wanted === 'both') return chooseBoth(input);
  if (wanted === 'auto') return chooseOne(input);
  const named = input.encoders.find((one) => one.encoder.id === wanted);
  if (named === undefined) throw new Failure('model-missing', `There is no encoder called ${wanted}.`, { hint: `There are: ${input.encoders.map((one) => one.encoder.id).join(', ')}.` });
  return { encoders: [named], reasons: [{ about: 'encoder', text: `${named.encoder.title}, as the settings ask.` }], warnings: languageWarnings(named, input) };
};

const languagesOf = (input: PlanInput): readonly string[] => [input.source.language, input.target.language];

const languageWarnings = (one: PlannableEncoder, input: PlanInput): readonly string[] => coverageWarnings(one.encoder, languagesOf(input));

const chooseOne = (input: PlanInput): ChosenEncoders => {
  const choice = chooseEncoder({ languages: languagesOf(input), sizes: [input.source.sentences, input.target.sentences], models: input.encoders });
  const encoders = input.encoders.filter((one) => one.encoder.id === choice.encoder.id);
  return { encoders, reasons: [{ about: 'encoder', text: choice.reason }], warnings: choice.warnings };
};

/** The order of the two decides the last bits of a cosine, so it follows from their files, never from a measured speed: the smaller one first. */
const chooseBoth = (input: PlanInput): ChosenEncoders => {
  const bundled = input.encoders.filter((one) => one.bundled);
  if (bundled.length < 2) throw new Failure('model-missing', 'Mining with both encoders needs the two bundled ones, and one of them is missing.', { hint: 'Reinstall the program, or choose one encoder.' });
  const encoders = [...bundled].sort((a, b) => graphBytes(a.encoder) - graphBytes(b.encoder) || (a.encoder.id < b.encoder.id ? -1 : 1)).slice(0, 2);
  return {
    encoders,
    reasons: [{ about: 'encoder', text: `${encoders.map((one) => one.encoder.title).join(' and ')} together: their cosines are averaged, which finds more and takes the time of both.` }],
    warnings: encoders.flatMap((one) => languageWarnings(one, input)),
  };
};
