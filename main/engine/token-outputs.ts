import { Failure } from '../contract/errors.ts';
import type { EncoderDescription } from '../contract/models.ts';

/**
 * The output of a graph that has a state for each token, of the layer that links words best.
 *
 * That is the one two thirds up: the eighth of twelve (SimAlign, figure 3); what comes above serves the task the encoder was trained for. A graph
 * that shows one layer only is taken at its word.
 */
export const stateOutput = (outputs: readonly string[], { pooling, output, title }: EncoderDescription): string => {
  const layers = outputs.flatMap((name) => { const found = /^hidden_states\.(\d+)$/u.exec(name); return found === null ? [] : [Number(found[1])]; });
  if (layers.length > 0) return `hidden_states.${Math.round(Math.max(...layers) * 2 / 3)}`;
  const last = pooling === 'in-graph' ? ['last_hidden_state', 'token_embeddings'].find((name) => outputs.includes(name)) : output;
  if (last !== undefined) return last;
  throw new Failure('model-unsupported', `${title} gives one vector a sentence and no states of single words.`, { hint: 'Word links need an encoder that shows its hidden states, such as multilingual-e5-small.' });
};
