import type { TokenTable } from './tokenizer.ts';

/**
 * The batch plan of one block: which sentences go together.
 *
 * Sorted by (token count, ordinal), so that a batch holds sentences of nearly one length and little is padding; cut where the padded batch would exceed
 * the budget. It follows from the input alone, hence a resumed job makes the same batches. (Token-based batching: text-embeddings-inference.)
 */
export type Batches = { readonly batches: readonly Uint32Array[]; readonly tokens: number; readonly paddedTokens: number };

export const planBatches = (table: TokenTable, batchTokens: number): Batches => {
  const length = (index: number): number => (table.offsets[index + 1] ?? 0) - (table.offsets[index] ?? 0);
  const order = Uint32Array.from({ length: table.count }, (_, index) => index).sort((left, right) => length(left) - length(right) || left - right);
  const batches: Uint32Array[] = [];
  let start = 0;
  let paddedTokens = 0;
  const close = (end: number): void => {
    if (end === start) return;
    batches.push(order.slice(start, end));
    paddedTokens += (end - start) * length(order[end - 1] ?? 0);
    start = end;
  };
  for (const [at, index] of order.entries()) {
    if (at > start && (at - start + 1) * Math.max(1, length(index)) > batchTokens) close(at);
  }
  close(order.length);
  return { batches, tokens: table.ids.length, paddedTokens };
};
