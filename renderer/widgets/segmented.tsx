import { Radio, RadioGroup } from 'react-aria-components';
import css from './segmented.module.css';

type Props<V extends string> = {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string; readonly disabled?: boolean }[];
  readonly onChange: (value: V) => void;
  readonly disabled?: boolean;
};

/** One of a few, all in sight. Arrow keys move, as in any group of radio buttons. */
export const Segmented = <V extends string>({ label, value, options, onChange, disabled = false }: Props<V>) => (
  <RadioGroup aria-label={label} value={value} onChange={(next) => { const option = options.find((each) => each.value === next); if (option !== undefined) onChange(option.value); }} orientation="horizontal" isDisabled={disabled} className={css['group'] ?? ''}>
    {options.map((option) => <Radio key={option.value} value={option.value} isDisabled={option.disabled ?? false}>{option.label}</Radio>)}
  </RadioGroup>
);
