import { useState } from 'react';
import { t } from '../../../strings/catalogue.ts';
import { count as inWords } from '../../../strings/numbers.ts';
import { Field } from '../../../widgets/field.tsx';
import { mineState, pairsGrid } from '../state.ts';
import css from './result.module.css';

/** A line for a row's number. Enter goes there, Escape leaves; both give the keyboard back to the table. */
export const GoToRow = ({ count }: { readonly count: number }) => {
  const [text, setText] = useState('');
  const leave = (): void => {
    mineState.setState({ goingToRow: false });
    pairsGrid.getState().handle?.takeFocus();
  };
  const row = Number(text.replace(/[\s\u00A0\u202F.,]/gu, ''));
  const go = (): void => {
    if (!Number.isInteger(row) || row < 1) return;
    pairsGrid.getState().goTo(row - 1);
    pairsGrid.getState().handle?.reveal(Math.min(count, row) - 1, 'centre');
    leave();
  };
  return (
    <div className={css['goTo']} role="group" aria-label={t('grid.goTo')} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); leave(); } }}>
      <span className="small dim" aria-hidden="true">{t('grid.goTo')}</span>
      <Field label={t('grid.goTo')} bare numeric autoFocus value={text} onChange={setText} onEnter={go} onBlur={() => mineState.setState({ goingToRow: false })} />
      <span className="small dimmer nowrap">{t('grid.of', { count: inWords(count) })}</span>
    </div>
  );
};
