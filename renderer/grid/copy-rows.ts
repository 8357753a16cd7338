import type { App } from '../stores/app.ts';
import { t } from '../strings/catalogue.ts';
import { selectedCount, type Selection } from './selection.ts';

/** More than this belongs into a file. */
export const mostCopied = 50_000;
const pageSize = 500;

type Copy<Row> = { readonly selection: Selection; readonly load: (from: number, count: number) => Promise<readonly Row[]>; readonly write: (rows: readonly Row[]) => string };

/** Puts the selected rows on the clipboard, page by page, and says how many. */
export const copySelected = <Row>(app: App, { selection, load, write }: Copy<Row>): Promise<unknown> => app.attempt(async () => {
  const ui = app.stores.ui.getState();
  const wanted = selectedCount(selection);
  if (wanted === 0) return;
  if (wanted > mostCopied) { ui.say({ text: t('grid.copyLimit', { count: wanted, limit: mostCopied }) }); return; }
  const rows: Row[] = [];
  for (const [from, to] of selection) {
    for (let at = from; at < to; at += pageSize) rows.push(...await load(at, Math.min(pageSize, to - at)));
  }
  try {
    await navigator.clipboard.writeText(write(rows));
  } catch {
    ui.fail({ code: 'internal', message: t('grid.copyFailed'), hint: t('grid.copyFailedHint') });
    return;
  }
  ui.say({ text: t('grid.copied', { count: rows.length }) });
});
