import type { Sampling } from '../../../../main/contract/review-queues.ts';
import { t } from '../../../strings/catalogue.ts';
import { withoutIsolates } from '../../../strings/isolate.ts';
import { readNumber, typed } from '../../../strings/numbers.ts';
import { columnName } from '../filters/chip-words.ts';

/** A sampling as it is being written. */
export type QueueDraft = {
  readonly kind: Sampling['kind']; readonly column: string; readonly count: string; readonly bands: string; readonly value: string; readonly seed: string; readonly order: 'none' | 'up' | 'down'; readonly name: string;
};

const whole = (text: string, least: number): number | undefined => { const value = readNumber(text); return value !== undefined && Number.isInteger(value) && value >= least ? value : undefined; };

/** What is asked for; undefined while a number is missing. */
export const samplingOf = ({ kind, column, count, bands, value, seed, order }: QueueDraft): Sampling | undefined => {
  const [many, from, layers, at] = [whole(count, 1), whole(seed, 0), whole(bands, 1), readNumber(value)];
  if (kind === 'all') return { kind, sort: order === 'none' || column === '' ? null : { column, descending: order === 'down' } };
  if (many === undefined) return undefined;
  if (kind === 'random') return from === undefined ? undefined : { kind, count: many, seed: from };
  if (column === '') return undefined;
  if (kind === 'uncertainty') return { kind, column, count: many };
  if (kind === 'around') return at === undefined ? undefined : { kind, column, value: at, count: many };
  return layers === undefined || from === undefined ? undefined : { kind, column, bands: layers, count: many, seed: from };
};

/** The name a queue has when it was given none: "Around 1.062, 100 pairs", "100 at random, seed 7". */
export const samplingWords = (draft: QueueDraft): string => withoutIsolates(wordsOf(samplingOf(draft)));

// The name is kept in the project and exported: no signs of direction in it.
const wordsOf = (sampling: Sampling | undefined): string => {
  switch (sampling?.kind) {
    case undefined: return '';
    case 'all': return sampling.sort === null ? t('review.queueName.all') : t(sampling.sort.descending ? 'review.queueName.high' : 'review.queueName.low', { column: columnName(sampling.sort.column) });
    case 'random': return t('review.queueName.random', { count: sampling.count, seed: String(sampling.seed) });
    case 'stratified': return t('review.queueName.stratified', { count: sampling.count, column: columnName(sampling.column), bands: sampling.bands, seed: String(sampling.seed) });
    case 'around': return t('review.queueName.around', { count: sampling.count, column: columnName(sampling.column), value: typed(sampling.value) });
    case 'uncertainty': return t('review.queueName.uncertainty', { count: sampling.count, column: columnName(sampling.column) });
  }
};
