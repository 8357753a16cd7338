import type { Run } from '../../../main/contract/mine.ts';
import type { App } from '../../stores/app.ts';
import { t, tIfAny } from '../../strings/catalogue.ts';
import { count, decimal } from '../../strings/numbers.ts';
import { clock, day } from '../../strings/times.ts';

/** A run's method in the words of the field. */

export const dimensions = (run: Run): string => run.plan.encoders.map((encoder) => count(encoder.dimension)).join(' + ');

export const encoderWords = (run: Run): string => {
  const [only] = run.plan.encoders;
  if (only === undefined) return run.settings.encoder;
  return run.plan.encoders.length > 1 ? t('mine.facts.both', { dimensions: dimensions(run) }) : t('mine.facts.dimensions', { encoder: only.id, dimensions: dimensions(run) });
};

export const refinementWords = (run: Run): string => {
  if (!run.plan.centre) return t('mine.facts.off');
  return run.refinement?.['mapUsed'] === true ? t('mine.facts.centringAndMap') : t('mine.facts.centring');
};

export const indexName = (index: Run['plan']['index']): string => (index === 'exact' ? t('mine.facts.exact') : index);

export const indexWords = (run: Run): string => indexName(run.plan.index);

export const providerName = (provider: string): string => tIfAny(`mine.provider.${provider}`, provider);

export const providerWords = (run: Run): string => t('mine.facts.threads', { provider: providerName(run.plan.provider), count: run.plan.threads });

export const recallWords = (run: Run): string | null => (run.indexRecall === null ? null : t('mine.facts.recallOf', { recall: decimal(run.indexRecall.recall), count: run.indexRecall.sample }));

export const momentWords = (app: App, at: number): string => t('mine.at', { day: day(at, app.now()), time: clock(at) });

/** "Run 12, crawl-de to crawl-en" */
export const runName = (run: Run): string => t('mine.runName', { id: String(run.id), name: run.name });
