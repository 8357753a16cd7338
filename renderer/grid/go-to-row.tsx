import { useState } from 'react';
import { t } from '../strings/catalogue.ts';
import { count as inWords } from '../strings/numbers.ts';
import { Field } from '../widgets/field.tsx';
import type { GridStore } from './grid-store.ts';
import css from './go-to-row.module.css';

/** A line for a row's number. Enter goes there, Escape leaves; both give the keyboard back to the table. */
export const GoToRow = ({ store, count, onClose }: { readonly store: GridStore; readonly count: number; readonly onClose: () => void }) => {
  const [text, setText] = useState('');
  const leave = (): void => {
    onClose();
    store.getState().handle?.takeFocus();
  };
  const row = Number(text.replace(/[\s\u00A0\u202F.,]/gu, ''));
  const go = (): void => {
    if (!Number.isInteger(row) || row < 1) return;
    store.getState().goTo(row - 1);
    store.getState().handle?.reveal(Math.min(count, row) - 1, 'centre');
    leave();
  };
  return (
    <div className={css['goTo']} role="group" aria-label={t('grid.goTo')} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); leave(); } }}>
      <span className="small dim" aria-hidden="true">{t('grid.goTo')}</span>
      <Field label={t('grid.goTo')} bare numeric autoFocus value={text} onChange={setText} onEnter={go} onBlur={onClose} />
      <span className="small dimmer nowrap">{t('grid.of', { count: inWords(count) })}</span>
    </div>
  );
};
