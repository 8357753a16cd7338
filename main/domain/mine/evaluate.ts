import { marginKey } from './margin.ts';

/** What a gold list says about a pair. */
export const verdict = { wrong: 0, right: 1, ignored: 2 } as const;

export type JudgedPairs = {
  readonly margins: Float64Array;
  /** One of `verdict` a pair. Ignored pairs count neither way. */
  readonly verdicts: Uint8Array;
  /** Pairs in the gold list, found or not: the divisor of recall. */
  readonly gold: number;
};

export type GoldFigures = {
  /** Null where nothing is kept. */
  readonly precision: number | null;
  /** Null where the gold list is empty. */
  readonly recall: number | null;
  readonly f1: number | null;
};

/**
 * Precision, recall and F1 of the pairs that a cut keeps.
 *
 * Worked example: margins 1.4 1.3 1.2 1.1, verdicts right wrong right ignored, gold 4; cut 1.2 keeps 2 right of 3: P = 2/3, R = 2/4, F1 = 4/7.
 */
export const goldAtCut = (judged: JudgedPairs, cut: number): GoldFigures => {
  const key = marginKey(cut);
  let kept = 0;
  let right = 0;
  for (let index = 0; index < judged.margins.length; index += 1) {
    if (judged.verdicts[index] === verdict.ignored || marginKey(judged.margins[index] ?? 0) < key) continue;
    kept += 1;
    if (judged.verdicts[index] === verdict.right) right += 1;
  }
  return {
    precision: kept === 0 ? null : right / kept,
    recall: judged.gold === 0 ? null : right / judged.gold,
    f1: kept + judged.gold === 0 ? null : 2 * right / (kept + judged.gold),
  };
};

/**
 * The best F1 over all cuts, and a cut that reaches it (BUCC's rule, LASER `bucc.py`, with two of its faults put right).
 *
 * Pairs with the same margin key are kept or dropped together; the cut lies midway to the next lower margin, and on the last pair it is that
 * pair's margin. Of equal F1 the higher cut wins. `cut` is null where no pair is right.
 */
export const bestCut = (judged: JudgedPairs): { readonly f1: number; readonly cut: number | null } => {
  const counted = countedPairs(judged);
  let right = 0;
  let best = 0;
  let cut: number | null = null;
  for (let place = 0; place < counted.margins.length; place += 1) {
    right += counted.right[place] ?? 0;
    const margin = counted.margins[place] ?? 0;
    const next = counted.margins[place + 1];
    if (next !== undefined && marginKey(next) === marginKey(margin)) continue;
    const f1 = 2 * right / (place + 1 + judged.gold);
    if (f1 > best) {
      best = f1;
      cut = next === undefined ? margin : between(margin, next);
    }
  }
  return { f1: best, cut };
};

/** Midway; or, where that would round into the lower group, the upper group's own key. */
const between = (upper: number, lower: number): number => {
  const middle = (upper + lower) / 2;
  return marginKey(middle) > marginKey(lower) ? middle : marginKey(upper) / 1e6;
};

/** The pairs that count, by margin descending, with 1 where right. */
const countedPairs = (judged: JudgedPairs): { readonly margins: Float64Array; readonly right: Uint8Array } => {
  const rights = pick(judged, verdict.right);
  const wrongs = pick(judged, verdict.wrong);
  const margins = new Float64Array(rights.length + wrongs.length);
  const right = new Uint8Array(margins.length);
  let fromRight = rights.length - 1;
  let fromWrong = wrongs.length - 1;
  for (let place = 0; place < margins.length; place += 1) {
    const takeRight = fromWrong < 0 || (fromRight >= 0 && (rights[fromRight] ?? 0) >= (wrongs[fromWrong] ?? 0));
    margins[place] = (takeRight ? rights[fromRight] : wrongs[fromWrong]) ?? 0;
    right[place] = takeRight ? 1 : 0;
    if (takeRight) fromRight -= 1; else fromWrong -= 1;
  }
  return { margins, right };
};

/** Margins with one verdict, ascending. */
const pick = (judged: JudgedPairs, wanted: number): Float64Array => judged.margins.filter((_, index) => judged.verdicts[index] === wanted).sort();
