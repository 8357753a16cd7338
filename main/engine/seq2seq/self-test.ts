import { Failure } from '../../contract/errors.ts';
import { targetRow, type Seq2SeqScorer } from '../../domain/translate/seq2seq-scorer.ts';

/**
 * How far the numbers with and without cache may lie apart. A faulty export is off by whole units.
 *
 * Graphs in fp32 agree to a millionth. Weights of 8 or 4 bits come with activations that are rounded by the largest one of a whole call, so that a token's
 * numbers depend on the tokens beside it: by up to 0.2 here, 0.04 on average.
 */
const tolerances = { exact: { most: 1e-3, mean: 1e-3 }, rounded: { most: 1, mean: 0.2 } } as const;

/**
 * Run once when a model is loaded: a target scored step by step with the cache must score as it does in one forced call.
 *
 * Exports with a broken cached branch exist, and what they translate looks plausible.
 */
export const checkCache = async (scorer: Seq2SeqScorer, source: Int32Array, folder: string, numbers: keyof typeof tolerances = 'exact'): Promise<void> => {
  const encoded = await scorer.encode([source]);
  const target = source.slice(1, 5);
  const [forced = new Float64Array()] = await encoded.force([targetRow(0, target, scorer.end)]);
  const stepped = new Float64Array(forced.length);
  let frontier = await encoded.begin(Uint32Array.of(0));
  for (const position of forced.keys()) {
    const token = target[position] ?? scorer.end;
    stepped[position] = frontier.scores(Int32Array.of(token))[0] ?? Number.NaN;
    if (position < target.length) frontier = await frontier.advance(Uint32Array.of(0), Int32Array.of(token));
  }
  const apart = stepped.map((score, position) => Math.abs(score - (forced[position] ?? Number.NaN)));
  const mean = apart.reduce((sum, one) => sum + one, 0) / apart.length;
  const worst = apart.reduce((most, one, position) => (one > (apart[most] ?? 0) ? position : most), 0);
  const { most, mean: highestMean } = tolerances[numbers];
  if (apart.every((one) => one <= most) && mean <= highestMean) return;
  throw new Failure('model-unsupported', `The decoder in ${folder} gives other numbers with its cache (${stepped[worst]?.toFixed(4)}) than without (${forced[worst]?.toFixed(4)}).`, { hint: 'Its export is faulty: export the model anew with a current version of Optimum.' });
};
