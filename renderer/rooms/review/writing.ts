import { useEffect, useRef, useState } from 'react';
import type { PairRow } from '../../../main/contract/pairs.ts';
import type { Side } from '../../../main/contract/review.ts';
import { useApp } from '../../stores/hooks.tsx';
import { edit, forgetDraft, judge, keepDraft } from './doing.ts';
import { draftKey, reviewGrid, reviewState, type Editing } from './state.ts';

type Written = {
  readonly text: string;
  readonly write: (text: string) => void;
  readonly onKeyDown: (event: React.KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  /** The keyboard goes elsewhere: what was typed is kept as a draft. */
  readonly onBlur: () => void;
  readonly save: () => void;
  readonly giveUp: () => void;
};

/**
 * A text while it is written, in its row or on the desk.
 *
 * Enter saves (Shift+Enter is a line break on the desk), Control+Enter saves and accepts, Tab goes to the other side, Escape gives up. Leaving in any other way keeps a draft.
 */
export const useWriting = (row: PairRow, side: Side, place: Editing['place']): Written => {
  const app = useApp();
  const [text, setText] = useState(() => reviewState.getState().drafts.get(draftKey(row.id, side)) ?? row[side].text);
  const done = useRef(false);
  useEffect(() => { done.current = false; }, [row.id, side]);
  const leave = (): void => {
    done.current = true;
    reviewState.setState({ editing: undefined });
    reviewGrid.getState().handle?.takeFocus();
  };
  const save = (): void => { leave(); void edit(app, row, side, text); };
  const giveUp = (): void => { leave(); forgetDraft(app, row.id, side); };
  const write = (next: string): void => {
    setText(next);
    if (next === row[side].text) forgetDraft(app, row.id, side); else keepDraft(app, row.id, side, next);
  };
  return {
    text,
    write,
    save,
    giveUp,
    onBlur: () => { if (!done.current && document.hasFocus()) { const { editing } = reviewState.getState(); if (editing?.pair === row.id && editing.side === side) reviewState.setState({ editing: undefined }); } },
    onKeyDown: (event) => {
      if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
      if (event.key === 'Escape') giveUp();
      else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { save(); void judge(app, { decision: 'accept', label: null, reason: null }); }
      else if (event.key === 'Enter' && !event.shiftKey) save();
      else if (event.key === 'Tab' && !event.ctrlKey && !event.altKey) {
        done.current = true;
        void edit(app, row, side, text);
        reviewState.setState({ editing: { pair: row.id, side: side === 'source' ? 'target' : 'source', place } });
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
};
