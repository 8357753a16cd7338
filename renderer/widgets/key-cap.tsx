import type { ButtonProps } from 'react-aria-components';
import { tIfAny } from '../strings/catalogue.ts';
import css from './key-cap.module.css';

const isMac = typeof navigator !== 'undefined' && /Mac|iP(?:hone|ad)/u.test(navigator.platform);

/** How a chord is written on the keyboard in front of the user: "Ctrl K", "⌘ K", "Shift Z". */
export const chordWords = (chord: string): string => chord.split(/\+(?=.)/u).map((part) => tIfAny(isMac && part === 'Control' ? 'key.Command' : `key.${part}`, part)).join(' ');

/**
 * What makes a button say its key to whoever does not see the cap: `<Button {...saysKey(chord)}>`.
 *
 * The library hands no `aria-keyshortcuts` on, so that the element itself is given it.
 */
export const saysKey = (chord: string | undefined): Pick<ButtonProps, 'render'> =>
  (chord === undefined ? {} : { render: (props) => <button {...props} aria-keyshortcuts={isMac ? chord.replace('Control', 'Meta') : chord} /> });

/** A key, as a cap. Never read aloud: the button says it (`saysKey`). */
export const KeyCap = ({ chord }: { readonly chord: string }) => <kbd className={css['key']} aria-hidden="true">{chordWords(chord)}</kbd>;
