import { Failure } from '../contract/errors.ts';
import type { Histogram, HistogramRequest } from './api.ts';
import { chunkLength } from './column-data.ts';
import type { NumbersStore } from './numbers.ts';
import { createPacer } from './pacer.ts';
import type { Select } from './select.ts';

/**
 * Equal bins over a column of numbers, of the pairs that match.
 *
 * Without given limits the axis is that of the whole column, so that it stands still while a filter changes. A bin includes its lower edge, the last one
 * its upper edge too; an edge is `minimum + width * i`, and a value belongs to the bin whose edges say so, whatever rounding the division did.
 */
export const createHistogram = (numbers: NumbersStore, select: Select) => async (request: HistogramRequest, signal?: AbortSignal): Promise<Histogram> => {
  const column = await numbers.named(request.origin, request.column, signal);
  if (column.labels !== null) throw new Failure('bad-input', `Column “${request.column}” holds labels; a histogram needs numbers.`);
  const whole = request.minimum === null || request.maximum === null ? column.extent() : { minimum: null, maximum: null };
  const edges = binEdges(request.minimum ?? whole.minimum ?? 0, request.maximum ?? whole.maximum ?? 1, request.bins);
  const { marks } = await select(request.origin, request.predicate, signal);
  const pace = createPacer(signal);
  const counts = new Float64Array(request.bins);
  const minimum = edges[0] ?? 0;
  const maximum = edges[request.bins] ?? 1;
  const scale = request.bins / (maximum - minimum);
  let below = 0;
  let above = 0;
  for (let base = 0; base < marks.length; base += chunkLength) {
    const values = column.chunk(base / chunkLength);
    for (let at = 0; at < values.length; at += 1) {
      const value = values[at] ?? NaN;
      if (marks[base + at] !== 1 || Number.isNaN(value)) continue;
      if (value < minimum) below += 1;
      else if (value > maximum) above += 1;
      else {
        const bin = binOf(edges, value, Math.floor((value - minimum) * scale));
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
    }
    await pace();
  }
  return { edges: [...edges], counts: Array.from(counts), below, above };
};

const binEdges = (low: number, high: number, bins: number): Float64Array => {
  if (low > high) throw new Failure('bad-input', `The histogram's lower limit ${low} is above its upper limit ${high}.`);
  const [minimum, maximum] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  return Float64Array.from({ length: bins + 1 }, (_, at) => (at === bins ? maximum : minimum + ((maximum - minimum) * at) / bins));
};

const binOf = (edges: Float64Array, value: number, guess: number): number => {
  const last = edges.length - 2;
  let bin = Math.min(Math.max(guess, 0), last);
  while (bin > 0 && value < (edges[bin] ?? 0)) bin -= 1;
  while (bin < last && value >= (edges[bin + 1] ?? 0)) bin += 1;
  return bin;
};
