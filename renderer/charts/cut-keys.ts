/** How keys move a cut. */
export const smallStep = 0.001;
export const largeStep = 0.01;

/** Values are placed on thousandths, so that what is shown is what is cut. */
export const onThousandths = (value: number): number => Math.round(value * 1000) / 1000;

type Ends = { readonly minimum: number; readonly maximum: number };

/** Where a key takes the cut: arrows by 0.001, with Shift by 0.01 (Page keys too), Home and End to the ends; undefined for every other key. */
export const cutAfterKey = (key: string, shift: boolean, value: number, { minimum, maximum }: Ends): number | undefined => {
  const step = shift ? largeStep : smallStep;
  const moves: Readonly<Partial<Record<string, number>>> = {
    ArrowRight: value + step, ArrowUp: value + step, ArrowLeft: value - step, ArrowDown: value - step, PageUp: value + largeStep, PageDown: value - largeStep, Home: minimum, End: maximum,
  };
  const next = moves[key];
  return next === undefined ? undefined : onThousandths(Math.min(maximum, Math.max(minimum, next)));
};
