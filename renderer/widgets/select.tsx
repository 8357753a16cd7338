import { ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { Icon } from './icon.tsx';
import css from './popover.module.css';

export type Option<V extends string> = { readonly value: V; readonly label: string; /** A second, quieter word. */ readonly note?: string };

type Props<V extends string> = {
  readonly label: string;
  readonly value: V | null;
  readonly options: readonly Option<V>[];
  readonly onChange: (value: V) => void;
  readonly bare?: boolean;
  readonly tall?: boolean;
  readonly disabled?: boolean;
  readonly placeholder?: string;
};

/** One of many, opened on demand; typing finds. */
export const Select = <V extends string>({ label, value, options, onChange, bare = false, tall = false, disabled = false, placeholder = '' }: Props<V>) => (
  <AriaSelect selectedKey={value} onSelectionChange={(key) => { const option = options.find((each) => each.value === key); if (option !== undefined) onChange(option.value); }}
    isDisabled={disabled} placeholder={placeholder} className={`${css['select']} ${tall ? css['tall'] : ''}`} {...(bare ? { 'aria-label': label } : {})}>
    {bare ? null : <Label className={css['label'] ?? ''}>{label}</Label>}
    <Button className={css['trigger'] ?? ''}>
      <SelectValue className={css['value'] ?? ''} dir="auto">{({ selectedText, isPlaceholder }) => (isPlaceholder ? placeholder : selectedText)}</SelectValue>
      <Icon of={ChevronDown} size={13} />
    </Button>
    <Popover className={css['popover'] ?? ''} offset={4}>
      <ListBox items={options.map((option) => ({ ...option, id: option.value }))}>
        {(option) => (
          <ListBoxItem id={option.value} textValue={option.label} className={css['item'] ?? ''}>
            <span className={css['words']}>{option.label}</span>{option.note === undefined ? null : <span className="small dimmer">{option.note}</span>}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  </AriaSelect>
);
