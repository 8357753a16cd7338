import { Plus, X } from 'lucide-react';
import { Button } from 'react-aria-components';
import { t } from '../strings/catalogue.ts';
import { Icon } from './icon.tsx';
import css from './chip.module.css';

type Props = { readonly field: string; readonly value: string; readonly onEdit?: () => void; readonly onRemove: () => void };

/** A filter as an object: field, value, remove. Enter edits, Delete removes. */
export const Chip = ({ field, value, onEdit, onRemove }: Props) => (
  <span className={css['chip']} onKeyDown={(event) => { if (event.key === 'Delete' || event.key === 'Backspace') { event.preventDefault(); onRemove(); } }}>
    <span className={css['field']}>{field}</span>
    <Button className={css['value'] ?? ''} aria-label={`${field} ${value}`} {...(onEdit === undefined ? {} : { onPress: onEdit })}><span className="ellipsis" title={value}>{value}</span></Button>
    <Button className={css['remove'] ?? ''} aria-label={t('chip.remove', { field })} onPress={onRemove}><Icon of={X} size={13} /></Button>
  </span>
);

/** The dashed chip that adds one. */
export const AddChip = ({ label, onPress }: { readonly label: string; readonly onPress?: () => void }) => (
  <Button className={`${css['chip']} ${css['ghost']}`} {...(onPress === undefined ? {} : { onPress })}><Icon of={Plus} size={13} />{label}</Button>
);
