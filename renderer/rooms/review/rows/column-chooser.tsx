import { useStore } from 'zustand';
import { t } from '../../../strings/catalogue.ts';
import { Button, TextButton } from '../../../widgets/button.tsx';
import { Checkbox } from '../../../widgets/checkbox.tsx';
import { Select } from '../../../widgets/select.tsx';
import { columnName } from '../filters/chip-words.ts';
import { reviewGrid, reviewState } from '../state.ts';
import { usualColumns, type ColumnChoosing } from './column-choice.ts';
import { derivedColumns, ownColumns } from './columns.tsx';
import css from './rows.module.css';

type Props = { readonly choosing: ColumnChoosing; readonly scores: readonly string[]; readonly labels: readonly string[]; readonly spine: string | undefined };

/** At most so many columns beside the texts: width belongs to these. */
const most = 6;

/** Which columns stand beside the texts, and which score in the spine. Kept for this project in this browser. */
export const ColumnChooser = ({ choosing: { choice, change }, scores, labels, spine }: Props) => {
  const open = useStore(reviewState, (state) => state.choosingColumns);
  if (!open) return null;
  const leave = (): void => { reviewState.setState({ choosingColumns: false }); reviewGrid.getState().handle?.takeFocus(); };
  const all = [...ownColumns, ...scores.filter((name) => name !== spine && !derivedColumns.some((each) => each === name)), ...labels, ...derivedColumns];
  return (
    <div className={css['chooser']} role="dialog" aria-label={t('review.columns')} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); leave(); } }}>
      <Select label={t('review.columns.spine')} value={spine ?? null} options={scores.map((value) => ({ value, label: columnName(value) }))} onChange={(next) => change({ spine: next })} />
      <h3>{t('review.columns.beside')}</h3>
      <ul>
        {all.map((name) => (
          <li key={name}><Checkbox checked={choice.shown.includes(name)} disabled={!choice.shown.includes(name) && choice.shown.length >= most} onChange={(on) => change({ shown: on ? all.filter((each) => each === name || choice.shown.includes(each)) : choice.shown.filter((each) => each !== name) })}>{columnName(name)}</Checkbox></li>
        ))}
      </ul>
      <div className="line"><TextButton onPress={() => change(usualColumns)}>{t('review.columns.usual')}</TextButton><span className="grow" /><Button small autoFocus onPress={leave}>{t('toast.close')}</Button></div>
    </div>
  );
};
