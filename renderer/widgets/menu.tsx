import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { Icon } from './icon.tsx';
import { KeyCap } from './key-cap.tsx';
import css from './popover.module.css';

export type MenuEntry =
  | { readonly id: string; readonly label: string; readonly icon?: LucideIcon; readonly chord?: string | undefined; /** Why it cannot be done now. */ readonly why?: string | undefined; readonly run: () => void }
  | 'line';

type Props = { readonly label: string; readonly entries: readonly MenuEntry[]; /** A Button of react-aria, which opens it. */ readonly trigger: ReactNode };

/** A short list of things to do. What cannot be done is dimmed and says why. */
export const Menu = ({ label, entries, trigger }: Props) => (
  <MenuTrigger>
    {trigger}
    <Popover className={css['popover'] ?? ''} offset={4} placement="bottom start">
      <AriaMenu aria-label={label} style={{ outline: 'none' }}>
        {entries.map((entry, index) => (entry === 'line'
          ? <Separator key={`line-${index}`} className={css['separator'] ?? ''} />
          : (
            <MenuItem key={entry.id} id={entry.id} textValue={entry.label} isDisabled={entry.why !== undefined} onAction={entry.run} className={css['item'] ?? ''}>
              {entry.icon === undefined ? null : <Icon of={entry.icon} />}
              <span className={css['words']}>{entry.label}{entry.why === undefined ? null : <span className={css['why']}>{entry.why}</span>}</span>
              {entry.chord === undefined ? null : <KeyCap chord={entry.chord} />}
            </MenuItem>
          )))}
      </AriaMenu>
    </Popover>
  </MenuTrigger>
);
