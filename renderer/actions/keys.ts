import type { Action } from './action.ts';

/** A key press, as far as shortcuts care. */
export type KeyPress = {
  readonly key: string;
  /** The key's place on the keyboard (`KeyA`), whatever the layout writes on it. */
  readonly code: string;
  readonly ctrlKey: boolean; readonly metaKey: boolean; readonly altKey: boolean; readonly shiftKey: boolean;
  /** True while an input method composes: keys then belong to it. */
  readonly isComposing: boolean;
};

/** Writes a press the way actions do: `Control+K`, `Shift+Z`, `I`, `?`, `Enter`. Command counts as Control. */
export const chordOf = (press: KeyPress): string => {
  const printable = [...press.key].length === 1;
  const letter = printable && press.key.toLowerCase() !== press.key.toUpperCase();
  const parts: string[] = [];
  if (press.ctrlKey || press.metaKey) parts.push('Control');
  if (press.altKey) parts.push('Alt');
  // Shift is already in the sign that a printable key makes ("?"); only letters and named keys say it.
  if (press.shiftKey && (letter || !printable)) parts.push('Shift');
  parts.push(letter ? press.key.toUpperCase() : press.key);
  return parts.join('+');
};

/**
 * What a press may mean, the likeliest first: the sign it writes, then the sign at its place on a Latin keyboard.
 *
 * A layout that writes no Latin letters (Russian, Arabic), or other signs in the row of digits (French), works without switching. A Latin letter is always what
 * it says, wherever it stands.
 */
export const chordsOf = (press: KeyPress): readonly string[] => {
  const written = chordOf(press);
  const placed = signAt(press);
  return placed === undefined ? [written] : [written, chordOf({ ...press, key: placed })];
};

const signs: Readonly<Record<string, string>> = { BracketLeft: '[', BracketRight: ']', Slash: '/', Comma: ',', Period: '.', Semicolon: ';' };

const signAt = ({ key, code, shiftKey }: KeyPress): string | undefined => {
  const letter = /^Key([A-Z])$/u.exec(code)?.[1];
  if (letter !== undefined) return /^[a-z]$/iu.test(key) || [...key].length !== 1 ? undefined : letter;
  const digit = /^Digit(\d)$/u.exec(code)?.[1];
  if (digit !== undefined) return shiftKey || /^\d$/u.test(key) ? undefined : digit;
  return !shiftKey && /^\p{L}$/u.test(key) ? signs[code] : undefined;
};

/** Plain letters and signs must not act while somebody writes; chords with Control may. */
export const isPlain = (chord: string): boolean => !chord.includes('Control+') && !chord.includes('Alt+');

/** The action of a press in a room, the room's own before those of everywhere. */
export const actionFor = (actions: readonly Action[], chord: string, room: string): Action | undefined =>
  actions.find((each) => each.scope === room && each.keys.includes(chord)) ?? actions.find((each) => each.scope === 'everywhere' && each.keys.includes(chord));

export type KeyConflict = { readonly chord: string; readonly first: string; readonly second: string };

/** Two actions that one press could mean in one place. */
export const keyConflicts = (actions: readonly Action[]): readonly KeyConflict[] => {
  const conflicts: KeyConflict[] = [];
  actions.forEach((first, index) => {
    for (const second of actions.slice(index + 1)) {
      const samePlace = first.scope === second.scope || first.scope === 'everywhere' || second.scope === 'everywhere';
      if (!samePlace) continue;
      for (const chord of first.keys) if (second.keys.includes(chord)) conflicts.push({ chord, first: first.id, second: second.id });
    }
  });
  return conflicts;
};
