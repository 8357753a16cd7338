import type { Provider } from '../../contract/models.ts';

export type MarkerSearchName = 'table' | 'breadth' | 'depth';

/** What decides which of the exact searches is fastest. */
export type MarkerPlanFacts = { readonly provider: Provider; readonly vocabularySize: number };

/**
 * The exact search for a model and a device; all three find the same spans.
 *
 * A graphics card wants few large calls: the table. So does a processor as long as the output layer is small: on sentences of 30 tokens with a vocabulary of
 * 6,000 the table took 4.0 s a span, depth first 4.6 s, breadth 5.7 s (scripts/bench/marker-search.ts has short ones). With a large vocabulary what
 * counts is how many tokens pass through the output layer, and that is fewest depth first.
 */
export const planMarkerSearch = ({ provider, vocabularySize }: MarkerPlanFacts): MarkerSearchName =>
  (provider === 'cpu' && vocabularySize > largestForTable ? 'depth' : 'table');

const largestForTable = 20_000;
