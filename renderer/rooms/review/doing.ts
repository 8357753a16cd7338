import type { Decision, Flag, PairRow } from '../../../main/contract/pairs.ts';
import type { NormaliseStep, Side } from '../../../main/contract/review.ts';
import type { Input, Output } from '../../link/link.ts';
import { selectedCount } from '../../grid/selection.ts';
import { askerOf } from '../../stores/annotator.ts';
import type { App } from '../../stores/app.ts';
import { t } from '../../strings/catalogue.ts';
import { askWho } from './annotator.ts';
import { isAdjudicating } from './team/adjudicating.ts';
import { draftKey, openRow, openRows, reviewGrid, reviewState, settleBar } from './state.ts';

/** The steps behind the keys: each is written at once, and shows in its row before the answer has come. */

/** At most so many rows are changed by one key; more is a change of all that match. */
export const mostAtOnce = 500;

type Changed = Output<'review.judge'>;
type Base = Pick<Input<'review.judge'>, 'origin' | 'annotator'>;

const remember = (rows: readonly PairRow[]): void => reviewState.setState(({ changed }) => ({ changed: new Set([...changed, ...rows.map((row) => row.id)]) }));

/** Sends a change of some rows; they are shown as they will be, then as they are. */
const change = async (app: App, rows: readonly PairRow[], expected: ((row: PairRow) => PairRow) | undefined, send: (base: Base) => Promise<Changed>): Promise<Changed | undefined> => {
  const annotator = askWho(app);
  const { origin } = openRows.getState();
  if (annotator === undefined || origin === undefined || rows.length === 0) return undefined;
  const ids = new Set(rows.map((row) => row.id));
  if (expected !== undefined) openRows.getState().replace((row) => (ids.has(row.id) ? expected(row) : row));
  remember(rows);
  reviewState.setState(({ saving }) => ({ saving: saving + 1 }));
  const answer = await app.attempt(() => send({ origin, annotator }));
  reviewState.setState(({ saving }) => ({ saving: saving - 1 }));
  // What could not be written is shown as the project has it.
  if (answer === undefined) app.stores.versions.getState().touch(['pairs']);
  else know(answer.rows);
  return answer;
};

/** Puts the answered rows in their places; a place and the values of the view's columns are the view's, not the answer's. */
const know = (rows: readonly PairRow[]): void => {
  const byId = new Map(rows.map((row) => [row.id, row]));
  openRows.getState().replace((row) => {
    const now = byId.get(row.id);
    return now === undefined ? row : { ...now, position: row.position, values: { ...row.values, ...now.values } };
  });
};

/** The rows that a key means: the selected ones, else the one with the keyboard. Undefined: too many, which was said. */
const chosenRows = async (app: App): Promise<readonly PairRow[] | undefined> => {
  const { selection, focus } = reviewGrid.getState();
  const { row, view } = openRows.getState();
  const wanted = selectedCount(selection);
  const here = row(Math.max(0, focus));
  if (wanted <= 1 || view === undefined) return here === undefined ? [] : [here];
  if (wanted > mostAtOnce) { app.stores.ui.getState().say({ text: t('review.tooMany', { count: wanted, limit: mostAtOnce }) }); return undefined; }
  return app.attempt(async () => {
    const rows: PairRow[] = [];
    for (const [from, to] of selection) rows.push(...(await app.link.call('pairs.page', { view, from, count: to - from, ...askerOf(app) })).rows);
    return rows;
  });
};

/** On to the row behind those that were judged. */
const advance = (rows: readonly PairRow[]): void => {
  const last = Math.max(...rows.map((row) => row.position));
  const { rows: count, goTo } = reviewGrid.getState();
  if (last + 1 < count) goTo(last + 1);
  else goTo(last);
};

export type Judgement = { readonly decision: Decision; readonly label: Input<'review.judge'>['label']; readonly reason: string | null };

/** Judges the chosen rows and goes on. A text that was typed and not saved becomes the pair's text first: it was kept until somebody decides. */
export const judge = async (app: App, judgement: Judgement): Promise<void> => {
  const annotator = askWho(app);
  if (annotator === undefined) return;
  const rows = await chosenRows(app);
  if (rows === undefined || rows.length === 0) return;
  settleBar();
  const [first] = rows;
  if (rows.length === 1 && first !== undefined) void saveDrafts(app, first);
  advance(rows);
  const own = { annotator, decision: judgement.decision, label: judgement.label?.path.join(' / ') ?? null, reason: judgement.reason, at: app.now() };
  const expected = (row: PairRow): PairRow => ({ ...row, review: { ...row.review, decision: judgement.decision, judged: [own, ...row.review.judged.filter((each) => each.annotator !== annotator)] } });
  await change(app, rows, expected, (base) => app.link.call('review.judge', { ...base, pairs: rows.map((row) => row.id), ...judgement, adjudicate: isAdjudicating(app) }));
};

export const toggleFlag = async (app: App, flag: Flag): Promise<void> => {
  const rows = await chosenRows(app);
  if (rows === undefined || rows.length === 0) return;
  const value = !rows.every((row) => row.review.flags.includes(flag));
  const expected = (row: PairRow): PairRow => ({ ...row, review: { ...row.review, flags: value ? [...new Set([...row.review.flags, flag])] : row.review.flags.filter((each) => each !== flag) } });
  await change(app, rows, expected, (base) => app.link.call('review.flag', { ...base, pairs: rows.map((row) => row.id), flag, value }));
};

export const comment = async (app: App, text: string): Promise<void> => {
  const row = openRow();
  settleBar();
  reviewGrid.getState().handle?.takeFocus();
  if (row === undefined || text.trim() === '') return;
  await change(app, [row], (each) => ({ ...each, review: { ...each.review, comments: each.review.comments + 1 } }), (base) => app.link.call('review.comment', { ...base, pair: row.id, text: text.trim() }));
};

/** Writes a text; null gives the original back. */
export const edit = async (app: App, row: PairRow, side: Side, text: string | null): Promise<void> => {
  forgetDraft(app, row.id, side);
  const before = row[side];
  if (text === before.text || (text === null && before.original === null)) return;
  const shown = text ?? before.original ?? before.text;
  const original = before.original ?? before.text;
  const expected = (each: PairRow): PairRow => ({ ...each, [side]: { ...each[side], text: shown, original: shown === original ? null : original } });
  await change(app, [row], expected, (base) => app.link.call('review.edit', { ...base, pair: row.id, side, text }));
};

export const normalise = async (app: App, steps: readonly NormaliseStep[]): Promise<void> => {
  const rows = await chosenRows(app);
  if (rows === undefined) return;
  await change(app, rows, undefined, (base) => app.link.call('review.normalise', { ...base, pairs: rows.map((row) => row.id), side: 'both', steps: [...steps] }));
};

export const swapSides = async (app: App): Promise<void> => {
  const rows = await chosenRows(app);
  if (rows === undefined) return;
  await change(app, rows, undefined, (base) => app.link.call('review.swap', { ...base, pairs: rows.map((row) => row.id) }));
};

/** Joins the selected rows, or this one and the next. */
export const mergePairs = async (app: App): Promise<void> => {
  const { selection, focus } = reviewGrid.getState();
  const chosen = selectedCount(selection) > 1 ? await chosenRows(app) : [openRow(), openRows.getState().row(focus + 1)].filter((row) => row !== undefined);
  if (chosen === undefined || chosen.length < 2) return;
  await change(app, chosen, undefined, (base) => app.link.call('review.merge', { ...base, pairs: chosen.map((row) => row.id) }));
};

export const splitPair = async (app: App): Promise<void> => {
  const { splitting } = reviewState.getState();
  const row = openRow();
  reviewState.setState({ splitting: undefined });
  reviewGrid.getState().handle?.takeFocus();
  if (splitting === undefined || row === undefined || splitting.pair !== row.id) return;
  await change(app, [row], undefined, (base) => app.link.call('review.split', { ...base, pair: row.id, sourceAt: splitting.source, targetAt: splitting.target }));
};

export const restore = async (app: App, row: PairRow, event: number): Promise<void> => {
  await change(app, [row], undefined, (base) => app.link.call('review.restore', { ...base, pair: row.id, event }));
};

/** Freezes what is on the screen anew. */
export const renew = (): void => reviewState.setState(({ epoch }) => ({ epoch: epoch + 1 }));

export const refresh = async (app: App): Promise<void> => {
  const { queue, narrowed } = openRows.getState();
  const annotator = askWho(app);
  if (queue === undefined || narrowed) renew();
  else if (annotator !== undefined) await app.attempt(() => app.link.call('review.refreshQueue', { queue: queue.id, annotator }));
  app.stores.versions.getState().touch(['project']);
};

// ---------------------------------------------------------------- drafts

const waiting = new Map<string, ReturnType<typeof setTimeout>>();
const restAfterKeys = 400;

const sendDraft = (app: App, pair: number, side: Side, text: string | null): void => {
  const { origin } = openRows.getState();
  const annotator = askWho(app);
  if (origin === undefined || annotator === undefined) return;
  void app.attempt(() => app.link.call('review.saveDraft', { origin, pair, annotator, side, text }));
};

/** Keeps what is being typed: here at once, in the project when the keys rest. */
export const keepDraft = (app: App, pair: number, side: Side, text: string): void => {
  const key = draftKey(pair, side);
  reviewState.setState(({ drafts }) => ({ drafts: new Map(drafts).set(key, text) }));
  clearTimeout(waiting.get(key));
  waiting.set(key, setTimeout(() => { waiting.delete(key); sendDraft(app, pair, side, text); }, restAfterKeys));
};

export const forgetDraft = (app: App, pair: number, side: Side): void => {
  const key = draftKey(pair, side);
  clearTimeout(waiting.get(key));
  waiting.delete(key);
  const { drafts } = reviewState.getState();
  if (!drafts.has(key)) return;
  reviewState.setState({ drafts: new Map([...drafts].filter(([each]) => each !== key)) });
  sendDraft(app, pair, side, null);
};

/** What was typed on a pair becomes its text. */
export const saveDrafts = async (app: App, row: PairRow): Promise<void> => {
  for (const side of ['source', 'target'] as const) {
    const text = reviewState.getState().drafts.get(draftKey(row.id, side));
    if (text !== undefined) await edit(app, row, side, text);
  }
};
