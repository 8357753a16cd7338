/**
 * Where a score says least: the value at which judged pairs are as often accepted as rejected.
 *
 * A logistic curve p = 1 / (1 + exp(-(a + b z))) over the standardised scores z, fitted by Newton's method with a small ridge on the slope, which keeps
 * it finite where the score separates accepted from rejected pairs completely; the point is where a + b z = 0 (active learning by uncertainty, Lewis
 * and Gale 1994). Where all were judged alike the point lies at the edge of what was judged: at the lowest accepted, or the highest rejected score.
 *
 * @returns null where nothing was judged, or accepted pairs do not score higher than rejected ones.
 */
export const halfwayPoint = (scores: ArrayLike<number>, accepted: ArrayLike<boolean>): number | null => {
  const known = Array.from(scores, (score, at) => ({ score, accepted: accepted[at] === true })).filter(({ score }) => Number.isFinite(score));
  if (known.length === 0) return null;
  const values = known.map(({ score }) => score);
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const positives = known.filter((one) => one.accepted).length;
  if (positives === known.length) return low;
  if (positives === 0) return high;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  if (deviation === 0) return mean;
  const { offset, slope } = fit(known.map(({ score, accepted: yes }) => ({ z: (score - mean) / deviation, y: yes ? 1 : 0 })));
  if (!(slope > 0)) return null;
  return Math.min(high, Math.max(low, mean - (offset / slope) * deviation));
};

const ridge = 0.1;

/** At most 50 Newton steps, each halved until it lessens the loss; two parameters, so the Hessian is inverted by hand. */
const fit = (points: readonly { readonly z: number; readonly y: number }[]): { readonly offset: number; readonly slope: number } => {
  const loss = (a: number, b: number): number => points.reduce((sum, { z, y }) => sum + softplus(y === 1 ? -(a + b * z) : a + b * z), (ridge * b * b) / 2);
  let offset = 0;
  let slope = 0;
  for (let step = 0; step < 50; step += 1) {
    let [ga, gb, haa, hab, hbb] = [0, ridge * slope, 1e-9, 0, ridge];
    for (const { z, y } of points) {
      const p = 1 / (1 + Math.exp(-(offset + slope * z)));
      const weight = p * (1 - p);
      ga += p - y;
      gb += (p - y) * z;
      haa += weight;
      hab += weight * z;
      hbb += weight * z * z;
    }
    const determinant = haa * hbb - hab * hab;
    const da = (hbb * ga - hab * gb) / determinant;
    const db = (haa * gb - hab * ga) / determinant;
    let share = 1;
    while (share > 1e-6 && loss(offset - share * da, slope - share * db) > loss(offset, slope)) share /= 2;
    offset -= share * da;
    slope -= share * db;
    if (Math.abs(da) + Math.abs(db) < 1e-10) break;
  }
  return { offset, slope };
};

const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));
