/**
 * Long computations in small steps, so that whoever runs them can let messages in and stop.
 *
 * A generator yields its progress (0 to 1) every few milliseconds and returns the result. The rules stay pure: the engine decides when to breathe
 * (`inSteps`), a test or a script runs straight through (`runThrough`); the numbers are the same bit for bit.
 */
export type Steps<Result> = Generator<number, Result, void>;

/** Takes all steps at once. */
export const runThrough = <Result>(steps: Steps<Result>): Result => {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
  }
};

/** Steps as a part of a longer computation: their progress runs from `from` to `to`. */
export const part = function* <Result>(steps: Steps<Result>, from: number, to: number): Steps<Result> {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
    yield from + (to - from) * next.value;
  }
};

/** Rows of one step where a row costs about a tenth of a microsecond: a few milliseconds. */
export const stepRows = 16_384;

/** Goes through `count` rows in order, some at a time. */
export const inChunks = function* (count: number, work: (first: number, end: number) => void, rows: number = stepRows): Steps<void> {
  for (let first = 0; first < count; first += rows) {
    const end = Math.min(count, first + rows);
    work(first, end);
    yield end / count;
  }
};

/** The values in ascending order, as a new array: runs sorted one by one, then merged pair by pair. */
export const sortedInSteps = function* (values: Float64Array): Steps<Float64Array> {
  const count = values.length;
  let from = values.slice();
  yield* part(inChunks(count, (first, end) => { from.subarray(first, end).sort(); }), 0, 0.5);
  let spare = new Float64Array(count > stepRows ? count : 0);
  for (let run = stepRows; run < count; run *= 2) {
    for (let first = 0; first < count; first += 2 * run) yield* mergeRuns(from, spare, first, Math.min(count, first + run), Math.min(count, first + 2 * run));
    [from, spare] = [spare, from];
  }
  return from;
};

/** Merges [first, middle) and [middle, end) of one array into the same place of another. */
const mergeRuns = function* (from: Float64Array, into: Float64Array, first: number, middle: number, end: number): Steps<void> {
  let left = first;
  let right = middle;
  const stretch = (start: number, stop: number): void => {
    for (let at = start; at < stop; at += 1) {
      const takeLeft = left < middle && (right >= end || (from[left] ?? 0) <= (from[right] ?? 0));
      into[at] = (takeLeft ? from[left] : from[right]) ?? 0;
      if (takeLeft) left += 1;
      else right += 1;
    }
  };
  for (let start = first; start < end; start += 4 * stepRows) {
    stretch(start, Math.min(end, start + 4 * stepRows));
    yield 0.5 + start / from.length / 2;
  }
};
