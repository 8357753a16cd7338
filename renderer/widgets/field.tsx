import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import css from './field.module.css';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** Says what is wrong; the field is then marked. */
  readonly fault?: string | undefined;
  /** The label is read aloud only, because the words beside it say it. */
  readonly bare?: boolean;
  readonly tall?: boolean;
  readonly disabled?: boolean;
  /** Has the keyboard at once, with what it holds selected: typing replaces it. */
  readonly autoFocus?: boolean;
  readonly numeric?: boolean;
  readonly onEnter?: () => void;
  readonly onBlur?: () => void;
  readonly className?: string;
};

/** One line of text. */
export const Field = ({ label, value, onChange, hint, fault, bare = false, tall = false, disabled = false, autoFocus = false, numeric = false, onEnter, onBlur, className = '' }: Props) => (
  <TextField value={value} onChange={onChange} isDisabled={disabled} isInvalid={fault !== undefined} autoFocus={autoFocus} className={`${css['field']} ${tall ? css['tall'] : ''} ${className}`}
    {...(bare ? { 'aria-label': label } : {})} {...(onBlur === undefined ? {} : { onBlur })}>
    {bare ? null : <Label className={css['label'] ?? ''}>{label}</Label>}
    <Input className={css['input'] ?? ''} dir={numeric || value === '' ? undefined : 'auto'} spellCheck={false} autoComplete="off" inputMode={numeric ? 'decimal' : 'text'}
      {...(autoFocus ? { onFocus: (event: React.FocusEvent<HTMLInputElement>) => event.currentTarget.select() } : {})}
      onKeyDown={(event) => { if (event.key === 'Enter' && !event.nativeEvent.isComposing && onEnter !== undefined) { event.preventDefault(); onEnter(); } }} />
    {hint === undefined ? null : <Text slot="description" className={css['hint'] ?? ''}>{hint}</Text>}
    <FieldError className={css['fault'] ?? ''}>{fault}</FieldError>
  </TextField>
);
