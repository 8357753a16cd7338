/** From values to pixels, and the few numbers worth a tick. */
export type Scale = { readonly minimum: number; readonly maximum: number; readonly width: number };

export const xOf = ({ minimum, maximum, width }: Scale, value: number): number => (maximum <= minimum ? 0 : ((value - minimum) / (maximum - minimum)) * width);

export const valueAt = ({ minimum, maximum, width }: Scale, x: number): number =>
  (width <= 0 ? minimum : minimum + (Math.min(width, Math.max(0, x)) / width) * (maximum - minimum));

const steps = [1, 2, 2.5, 5, 10] as const;

/** Round values at even distances inside the scale, at most `most` of them; and how many decimals they need. */
export const ticks = (minimum: number, maximum: number, most: number): { readonly values: readonly number[]; readonly decimals: number } => {
  if (!(maximum > minimum) || most < 1) return { values: [], decimals: 0 };
  const rough = (maximum - minimum) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (steps.find((each) => each * power >= rough * (1 - 1e-9)) ?? 10);
  const first = Math.ceil(minimum / step - 1e-9);
  const last = Math.floor(maximum / step + 1e-9);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9) + (Math.abs(step / 10 ** Math.floor(Math.log10(step)) - 2.5) < 1e-6 ? 1 : 0));
  return { values: Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => Number(((first + index) * step).toFixed(decimals))), decimals };
};

/** Height of a bar on a square-root scale: rare margins stay visible beside common ones, and one pair is never nothing. */
export const rootHeight = (count: number, most: number, height: number): number => (count <= 0 || most <= 0 ? 0 : Math.max(1, Math.sqrt(count / most) * height));
