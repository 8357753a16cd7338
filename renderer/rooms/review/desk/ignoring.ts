import type { App } from '../../../stores/app.ts';
import { t } from '../../../strings/catalogue.ts';
import { askWho } from '../annotator.ts';
import { openRow, openRows } from '../state.ts';

export type IgnoreScope = 'once' | 'here' | 'always';

/** A check is ignored on this pair, in these pairs, or in the project; or no longer. */
export const ignore = (app: App, pair: number, check: string, scope: IgnoreScope, value: boolean): Promise<unknown> => app.attempt(async () => {
  const { origin } = openRows.getState();
  const annotator = askWho(app);
  if (origin === undefined || annotator === undefined) return;
  await app.link.call('review.ignoreCheck', { origin, pair, annotator, check, scope, ignore: value });
});

/** The first open finding of the pair that has the keyboard. */
export const ignoreFirst = async (app: App, scope: IgnoreScope): Promise<void> => {
  const row = openRow();
  const [check] = row?.review.checks ?? [];
  if (row !== undefined && check !== undefined) await ignore(app, row.id, check, scope, true);
};

/** Which language every text is in, by the detectors: afterwards it can be filtered by it. */
export const detectLanguages = (app: App): Promise<unknown> => app.attempt(async () => {
  const { origin } = openRows.getState();
  if (origin === undefined) return;
  await app.link.call('pairs.detectLanguages', { origin });
  app.stores.ui.getState().say({ text: t('review.detectingStarted') });
});

export const runChecks = (app: App): Promise<unknown> => app.attempt(async () => {
  const { origin } = openRows.getState();
  if (origin === undefined) return;
  await app.link.call('review.runChecks', { origin });
  app.stores.ui.getState().say({ text: t('review.checksStarted') });
});
