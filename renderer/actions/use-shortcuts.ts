import { useEffect } from 'react';
import { useAddress, useApp } from '../stores/hooks.tsx';
import type { Action } from './action.ts';
import { availabilityOf } from './action-button.tsx';
import { actionFor, chordsOf, isPlain } from './keys.ts';

/**
 * The one listener to keys that act.
 *
 * A plain letter acts only when no field has focus, no menu or sheet with a scrim is open and no composition is going on; a chord with Control acts in fields too, but
 * never Control+Z there, which belongs to the field.
 */
export const useShortcuts = (actions: readonly Action[]): void => {
  const app = useApp();
  const { room } = useAddress();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
      const chord = chordsOf(event).find((each) => actionFor(actions, each, room) !== undefined);
      const action = chord === undefined ? undefined : actionFor(actions, chord, room);
      if (chord === undefined || action === undefined || availabilityOf(action, app) !== 'yes') return;
      const writing = isWritable(event.target);
      if (writing && (isPlain(chord) || chord.endsWith('+Z') || chord.endsWith('+Y'))) return;
      const { sheet, choosing } = app.stores.ui.getState();
      const covered = choosing !== undefined || (sheet !== undefined && sheet.kind !== 'jobs' && sheet.kind !== 'similar');
      if (isPlain(chord) && (covered || isInside(event.target))) return;
      event.preventDefault();
      void action.run(app);
    };
    // A closed chooser keeps its focus after a choice; there a letter would silently choose another entry and reach nobody else.
    const onKeyAtChooser = (event: KeyboardEvent): void => {
      if (!chordsOf(event).every(isPlain) || !isClosedChooser(event.target)) return;
      onKey(event);
      if (event.defaultPrevented) event.stopPropagation();
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('keydown', onKeyAtChooser, { capture: true });
    return () => { window.removeEventListener('keydown', onKey); window.removeEventListener('keydown', onKeyAtChooser, { capture: true }); };
  }, [app, actions, room]);
};

const isClosedChooser = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('button[aria-haspopup="listbox"][aria-expanded="false"]') !== null;

const isWritable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type="checkbox"]):not([type="radio"]):not([type="range"]), textarea, select, [role="textbox"], [role="searchbox"], [role="combobox"]'));

/** Letters pressed in a menu or list find an entry. */
const isInside = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('[role="menu"], [role="listbox"]') !== null;
