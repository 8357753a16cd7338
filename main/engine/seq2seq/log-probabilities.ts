/** From logits to log-probabilities of what is asked. Two passes over the vocabulary in 64-bit numbers: the largest, then the sum. */

/** log of the sum of exp over `count` logits from `start`. */
export const logSumExp = (logits: Float32Array, start: number, count: number): number => {
  let most = -Infinity;
  for (let at = start; at < start + count; at += 1) {
    const logit = logits[at] ?? 0;
    if (logit > most) most = logit;
  }
  let sum = 0;
  for (let at = start; at < start + count; at += 1) sum += Math.exp((logits[at] ?? 0) - most);
  return most + Math.log(sum);
};

/** Writes log P of `ids` at one position, whose logits begin at `start`, to `out` from `to`. */
export const pickLogProbabilities = (logits: Float32Array, start: number, vocabularySize: number, ids: Int32Array, out: Float64Array, to: number): void => {
  const normaliser = logSumExp(logits, start, vocabularySize);
  for (const [at, id] of ids.entries()) out[to + at] = (logits[start + id] ?? -Infinity) - normaliser;
};
