/** Values of decision columns: see `main/store/review-columns.ts`; the contract's names in this order. */
const none = 0;
const conflict = 4;

/**
 * What counts of all that was said about a pair.
 *
 * The adjudicator's word wins; else what all who judged agree on; where they differ, a conflict, which leaves the pair to the cut like no decision.
 *
 * @param said each annotator's own decision (0 none, 1 accept, 2 reject, 3 unsure)
 * @param adjudicated 0 where nobody has adjudicated
 */
export const decisionInForce = (said: ArrayLike<number>, adjudicated: number): number => {
  if (adjudicated !== none) return adjudicated;
  let agreed = none;
  for (let at = 0; at < said.length; at += 1) {
    const one = said[at] ?? none;
    if (one === none) continue;
    if (agreed !== none && agreed !== one) return conflict;
    agreed = one;
  }
  return agreed;
};
