import type { PointerEvent } from 'react';
import { useStore } from 'zustand';
import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { Side } from '../../../../main/contract/review.ts';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { offsetIn, type TextMark } from '../../../text/highlights.ts';
import { linkedTo, marksOfLinks, wordAt } from './linked-words.ts';
import { forgetWord, linksState, loadLinks, textsKey } from './state.ts';

type Shown = {
  readonly marks: readonly TextMark[];
  /** What is shown, in words; undefined: nothing. */
  readonly words: string | undefined;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave: () => void;
};

/** What the word under the pointer, or the one that was stepped to, belongs to. */
export const useWordLinks = (row: PairRow, side: Side): Shown => {
  const app = useApp();
  const { key, links, word, failure, isAsking } = useStore(linksState);
  const isOurs = key === textsKey(row);
  const shown = isOurs && links !== undefined && word !== undefined;
  return {
    marks: shown ? marksOfLinks(links, word, side) : [],
    words: !isOurs ? undefined : failure !== undefined ? t('links.none') : isAsking ? t('links.asking') : shown && word.side === side ? t('links.shown', { count: linkedTo(links, word).length }) : undefined,
    onPointerMove: (event) => {
      if (event.pointerType !== 'mouse' || event.buttons !== 0) return;
      const root = event.currentTarget.querySelector('.text');
      const { clientX, clientY } = event;
      const offset = root === null ? undefined : placeAt(root, clientX, clientY);
      if (offset === undefined) { forgetWord(); return; }
      void loadLinks(app, row).then((found) => {
        if (found !== undefined && linksState.getState().key === textsKey(row)) linksState.setState({ word: wordAt(found, side, offset) });
      });
    },
    onPointerLeave: forgetWord,
  };
};

/** Where in a text the pointer is; undefined beside it. */
const placeAt = (root: Element, x: number, y: number): number | undefined => {
  const caret = document.caretPositionFromPoint(x, y);
  if (caret === null || !root.contains(caret.offsetNode)) return undefined;
  // A caret stands between two signs; the pointer is on the one whose box holds it.
  const range = document.createRange();
  for (const from of [caret.offset - 1, caret.offset]) {
    if (from < 0 || from >= (caret.offsetNode.textContent?.length ?? 0)) continue;
    range.setStart(caret.offsetNode, from);
    range.setEnd(caret.offsetNode, from + 1);
    const box = range.getBoundingClientRect();
    if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return offsetIn(root, caret.offsetNode, from);
  }
  return undefined;
};
