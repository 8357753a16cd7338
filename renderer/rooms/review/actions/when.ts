import { isOpen, type Availability } from '../../../actions/action.ts';
import type { App } from '../../../stores/app.ts';
import { openRow, openRows, reviewState } from '../state.ts';

/** The room is open with an order of pairs. */
export const withView = (app: App): Availability => (!isOpen(app, 'review') ? false : openRows.getState().view === undefined ? { why: 'review.why.nothingOpen' } : true);

/** A pair has the keyboard. */
export const withPair = (app: App): Availability => { const view = withView(app); return view !== true ? view : openRow() === undefined ? { why: 'review.why.noPair' } : true; };

/** A text is being written, or a question is open in the bar. */
export const isBusy = (): boolean => { const { editing, splitting } = reviewState.getState(); return editing !== undefined || splitting !== undefined; };

/** Control+A and Control+C belong to a field that is being written in. The palette's own field does not count: from there they are chosen by name. */
export const notWriting = (app: App): Availability => {
  const writing = document.activeElement?.matches('input, textarea, [contenteditable="true"]') === true;
  return writing && app.stores.ui.getState().sheet?.kind !== 'palette' ? { why: 'mine.why.typing' } : withView(app);
};
