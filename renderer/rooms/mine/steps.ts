import type { Run } from '../../../main/contract/mine.ts';
import type { App } from '../../stores/app.ts';
import { t } from '../../strings/catalogue.ts';
import { placeCut } from './cut.ts';
import { openPairs } from './open-pairs.ts';
import { copyRows } from './result/copy-rows.ts';
import { floorToThousandth } from './result/why-words.ts';
import { loadRuns, pairsGrid } from './state.ts';

/** The steps behind actions that need more than one call. */

export const copyFromGrid = async (app: App): Promise<void> => {
  const { view } = openPairs.getState();
  if (view !== undefined) await copyRows(app, view, pairsGrid.getState().selection);
};

/** The cut, so placed that the open pair is the last one kept (or nearly: the cut has three decimals). */
export const cutBelowPair = async (app: App, run: Run): Promise<void> => {
  const margin = openPairs.getState().row(pairsGrid.getState().focus)?.values['margin'];
  if (typeof margin === 'number') await placeCut(app, run, floorToThousandth(margin));
};

export const goldForRun = async (app: App, run: Run): Promise<void> => {
  const [gold] = await app.stores.ui.getState().choose({ want: 'file', title: t('mine.gold.choose'), button: t('mine.gold.use'), endings: [] });
  if (gold === undefined) return;
  const report = await app.attempt(() => app.link.call('mine.gold', { run: run.id, gold, ignore: null }));
  if (report === undefined) return;
  app.stores.versions.getState().touch(['runs']);
  app.stores.ui.getState().say({ text: t('mine.gold.read', { count: report.gold, unknown: report.unknownIds }) });
};

export const removeRun = (app: App, run: Run): Promise<unknown> => app.attempt(async () => {
  await app.link.call('mine.remove', { run: run.id });
  app.go({ room: 'mine', path: [] });
  await loadRuns(app);
  app.stores.ui.getState().say({ text: t('mine.removed', { name: run.name }), undo: true });
});
