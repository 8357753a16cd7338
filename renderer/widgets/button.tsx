import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Icon } from './icon.tsx';
import { saysKey } from './key-cap.tsx';
import css from './button.module.css';

type Props = {
  readonly onPress?: () => void;
  readonly children: ReactNode;
  /** One a room, in ink. */
  readonly primary?: boolean;
  readonly quiet?: boolean;
  readonly small?: boolean;
  readonly icon?: LucideIcon;
  readonly disabled?: boolean;
  readonly label?: string;
  /** The key that does the same. */
  readonly chord?: string | undefined;
  readonly expanded?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly className?: string;
  readonly autoFocus?: boolean;
};

/** The word is the button; the icon only helps. */
export const Button = ({ onPress, children, primary = false, quiet = false, small = false, icon, disabled = false, label, chord, expanded, ref, className = '', autoFocus = false }: Props) => (
  <AriaButton {...(onPress === undefined ? {} : { onPress })} isDisabled={disabled} {...named(label)} {...saysKey(chord)} {...(expanded === undefined ? {} : { 'aria-expanded': expanded })} {...(ref === undefined ? {} : { ref })} autoFocus={autoFocus}
    className={`${css['button']} ${primary ? css['primary'] : ''} ${quiet ? css['quiet'] : ''} ${small ? css['small'] : ''} ${className}`}>
    {icon === undefined ? null : <Icon of={icon} size={small ? 13 : 15} />}{children}
  </AriaButton>
);

/** An icon alone, in the bar only; its name is read aloud and shown by the browser. */
export const IconButton = ({ onPress, icon, label, expanded, disabled = false }: { readonly onPress?: () => void; readonly icon: LucideIcon; readonly label: string; readonly expanded?: boolean; readonly disabled?: boolean }) => (
  <AriaButton {...(onPress === undefined ? {} : { onPress })} isDisabled={disabled} aria-label={label} {...(expanded === undefined ? {} : { 'aria-expanded': expanded })} className={css['icon'] ?? ''}><Icon of={icon} /></AriaButton>
);

/** A word that acts, inside a line of words. */
export const TextButton = ({ onPress, children, disabled = false, label }: { readonly onPress: () => void; readonly children: ReactNode; readonly disabled?: boolean; readonly label?: string }) => (
  <AriaButton onPress={onPress} isDisabled={disabled} {...named(label)} className={css['text'] ?? ''}>{children}</AriaButton>
);

const named = (label: string | undefined): { readonly 'aria-label'?: string } => (label === undefined ? {} : { 'aria-label': label });
