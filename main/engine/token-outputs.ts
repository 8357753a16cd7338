import { Failure } from '../contract/errors.ts';
import type { EncoderDescription } from '../contract/models.ts';

/** How far up the layers, 0 to 1: two thirds, the eighth of twelve (SimAlign, figure 3); what comes above serves the task the encoder was trained for. */
const linkingDepth = 2 / 3;
/** For carrying labels: the sixth of twelve. On names in three languages 6 and 7 are as good as each other, 8 is no better (scripts/bench/label-layers.ts). */
export const labelDepth = 1 / 2;

/** The output of a graph that has a state for each token, of the layer that links words best. A graph that shows one layer only is taken at its word. */
export const stateOutput = (outputs: readonly string[], { pooling, output, title }: EncoderDescription, depth = linkingDepth): string => {
  const layers = outputs.flatMap((name) => { const found = /^hidden_states\.(\d+)$/u.exec(name); return found === null ? [] : [Number(found[1])]; });
  if (layers.length > 0) return `hidden_states.${Math.round(Math.max(...layers) * depth)}`;
  const last = pooling === 'in-graph' ? ['last_hidden_state', 'token_embeddings'].find((name) => outputs.includes(name)) : output;
  if (last !== undefined) return last;
  throw new Failure('model-unsupported', `${title} gives one vector a sentence and no states of single words.`, { hint: 'Word links need an encoder that shows its hidden states, such as multilingual-e5-small.' });
};
