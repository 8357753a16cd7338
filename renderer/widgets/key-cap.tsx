import { tIfAny } from '../strings/catalogue.ts';
import css from './key-cap.module.css';

const isMac = typeof navigator !== 'undefined' && /Mac|iP(?:hone|ad)/u.test(navigator.platform);

/** How a chord is written on the keyboard in front of the user: "Ctrl K", "⌘ K", "Shift Z". */
export const chordWords = (chord: string): string => chord.split('+').map((part) => tIfAny(isMac && part === 'Control' ? 'key.Command' : `key.${part}`, part)).join(' ');

/** A key, as a cap. Never read aloud: `aria-keyshortcuts` says it where it matters. */
export const KeyCap = ({ chord }: { readonly chord: string }) => <kbd className={css['key']} aria-hidden="true">{chordWords(chord)}</kbd>;
