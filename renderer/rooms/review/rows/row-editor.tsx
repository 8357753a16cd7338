import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { Side } from '../../../../main/contract/review.ts';
import { t } from '../../../strings/catalogue.ts';
import { textAttributes, languageName } from '../../../text/languages.ts';
import { useWriting } from '../writing.ts';
import css from './rows.module.css';

/** One side of a pair, written in its row. */
export const RowEditor = ({ row, side }: { readonly row: PairRow; readonly side: Side }) => {
  const writing = useWriting(row, side, 'row');
  const { language } = row[side];
  return (
    <input data-writing className={`text ${css['writing']}`} {...textAttributes(language)} aria-label={t('review.editing', { language: languageName(language) })} spellCheck={false} autoComplete="off" autoFocus
      value={writing.text} onChange={(event) => writing.write(event.currentTarget.value)} onKeyDown={writing.onKeyDown} onBlur={writing.onBlur} />
  );
};
