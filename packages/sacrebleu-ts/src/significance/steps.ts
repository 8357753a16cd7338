/** How far a run is: resamples or shuffles done, of all in the part at hand. Preparation counts as none done. */
export type Progress = { readonly done: number; readonly total: number };

/**
 * A long run, cut into slices of some milliseconds.
 *
 * The caller asks for the next slice when it has time, so neither a page nor a worker is blocked; to cancel is to ask no more.
 */
export type Steps<Result> = Generator<Progress, Result, void>;

/** Runs to the end without a pause: for tests, scripts and the command line. */
export const finish = <Result>(steps: Steps<Result>): Result => {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};

/** Gives the pauses of a part of a run the progress of the whole. */
export function* reporting<Result>(part: Generator<void, Result, void>, done: number, total: number): Steps<Result> {
  for (;;) {
    const step = part.next();
    if (step.done === true) return step.value;
    yield { done, total };
  }
}
