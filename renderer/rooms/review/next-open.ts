import { askerOf } from '../../stores/annotator.ts';
import type { App } from '../../stores/app.ts';
import { t } from '../../strings/catalogue.ts';
import { isJudged, openRows, reviewGrid } from './state.ts';

const page = 500;

/** Goes to the next pair below that nobody has judged; looks page by page, and says where there is none. */
export const nextOpen = (app: App): Promise<unknown> => app.attempt(async () => {
  const { view, count } = openRows.getState();
  if (view === undefined) return;
  for (let from = reviewGrid.getState().focus + 1; from < count; from += page) {
    const { rows } = await app.link.call('pairs.page', { view, from, count: Math.min(page, count - from), ...askerOf(app) });
    const found = rows.findIndex((row) => !isJudged(row.review.decision));
    if (found >= 0) { reviewGrid.getState().goTo(from + found); return; }
  }
  app.stores.ui.getState().say({ text: t('review.noneOpen') });
});
