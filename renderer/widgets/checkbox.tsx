import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';
import { Icon } from './icon.tsx';
import css from './checkbox.module.css';

type Props = { readonly checked: boolean; readonly onChange: (checked: boolean) => void; readonly children: ReactNode; readonly disabled?: boolean };

/** Yes or no, with its word. */
export const Checkbox = ({ checked, onChange, children, disabled = false }: Props) => (
  <AriaCheckbox isSelected={checked} onChange={onChange} isDisabled={disabled} className={css['box'] ?? ''}>
    <span className={css['mark']}><Icon of={Check} size={11} /></span>{children}
  </AriaCheckbox>
);
