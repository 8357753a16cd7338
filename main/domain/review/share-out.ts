/**
 * Shares pairs out among annotators: each pair to one of them, the stated share of them to two.
 *
 * Pairs given twice are spread evenly over the order. Whoever holds least gets the next one; the second of two is, among those who hold least, the one
 * who has shared least with the first, so that everybody comes to be compared with everybody. Orders stay as they are, and no chance is involved.
 *
 * @param overlap 0 to 1; without effect where there is only one annotator.
 * @returns the pairs of each annotator, in the order of `annotators`.
 */
export const shareOut = (pairs: Uint32Array, annotators: readonly number[], overlap: number): readonly Uint32Array[] => {
  const people = annotators.length;
  const held = new Uint32Array(people);
  const together = new Uint32Array(people * people);
  const parts = annotators.map(() => new Uint32Array(pairs.length));
  const give = (person: number, pair: number): void => {
    const part = parts[person];
    if (part !== undefined) part[held[person] ?? 0] = pair;
    held[person] = (held[person] ?? 0) + 1;
  };
  const least = (other: number): number => {
    let best = -1;
    for (let person = 0; person < people; person += 1) {
      if (person === other) continue;
      const fewer = (held[person] ?? 0) - (held[best] ?? Number.POSITIVE_INFINITY);
      if (fewer < 0 || (fewer === 0 && other >= 0 && (together[other * people + person] ?? 0) < (together[other * people + best] ?? 0))) best = person;
    }
    return best;
  };
  for (let at = 0; at < pairs.length; at += 1) {
    const pair = pairs[at] ?? 0;
    const one = least(-1);
    if (people > 1 && Math.floor((at + 1) * overlap) > Math.floor(at * overlap)) {
      const two = least(one);
      give(two, pair);
      for (const cell of [one * people + two, two * people + one]) together[cell] = (together[cell] ?? 0) + 1;
    }
    give(one, pair);
  }
  return parts.map((part, person) => part.slice(0, held[person]));
};
