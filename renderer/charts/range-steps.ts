import type { Scale } from './scale.ts';

/** The small step of a scale: the power of ten nearest to a thousandth of it, and how many decimals that needs. 0.001 for margins, 1 for lengths in the thousands. */
export const stepOf = ({ minimum, maximum }: Pick<Scale, 'minimum' | 'maximum'>): { readonly step: number; readonly decimals: number } => {
  const power = maximum > minimum ? Math.round(Math.log10((maximum - minimum) / 1000)) : -3;
  return { step: 10 ** power, decimals: Math.max(0, -power) };
};

/** A value on the steps of the scale, inside of it. */
export const onStep = (scale: Pick<Scale, 'minimum' | 'maximum'>, value: number): number => {
  const { step, decimals } = stepOf(scale);
  return Math.min(scale.maximum, Math.max(scale.minimum, Number((Math.round(value / step) * step).toFixed(decimals))));
};

/** Where a key moves an end of a range: arrows by a step, with Shift by ten, Home and End to the ends. Undefined: not one of its keys. */
export const afterKey = (key: string, shift: boolean, value: number, scale: Pick<Scale, 'minimum' | 'maximum'>): number | undefined => {
  const by = stepOf(scale).step * (shift ? 10 : 1);
  switch (key) {
    case 'ArrowRight': case 'ArrowUp': return onStep(scale, value + by);
    case 'ArrowLeft': case 'ArrowDown': return onStep(scale, value - by);
    case 'Home': return scale.minimum;
    case 'End': return scale.maximum;
    default: return undefined;
  }
};
