import { Failure } from '../../contract/errors.ts';
import { targetRow, type Seq2SeqScorer } from '../../domain/translate/seq2seq-scorer.ts';

/** fp32 and 8-bit graphs of one export agree to a millionth here; an export whose cache is wrong is off by whole units. */
const tolerance = 1e-3;

/**
 * Run once when a model is loaded: a target scored step by step with the cache must score as it does in one forced call.
 *
 * Exports with a broken cached branch exist, and what they translate looks plausible.
 */
export const checkCache = async (scorer: Seq2SeqScorer, source: Int32Array, folder: string): Promise<void> => {
  const encoded = await scorer.encode([source]);
  const target = source.slice(1, 5);
  const [forced = new Float64Array()] = await encoded.force([targetRow(0, target, scorer.end)]);
  let frontier = await encoded.begin(Uint32Array.of(0));
  for (const [position, score] of forced.entries()) {
    const token = target[position] ?? scorer.end;
    const stepped = frontier.scores(Int32Array.of(token))[0] ?? Number.NaN;
    if (!(Math.abs(stepped - score) <= tolerance)) {
      throw new Failure('model-unsupported', `The decoder in ${folder} gives other numbers with its cache (${stepped.toFixed(4)}) than without (${score.toFixed(4)}).`, { hint: 'Its export is faulty: export the model anew with a current version of Optimum.' });
    }
    if (position < target.length) frontier = await frontier.advance(Uint32Array.of(0), Int32Array.of(token));
  }
};
