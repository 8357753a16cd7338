import { useMemo, useSyncExternalStore } from 'react';
import { createKept, isRecord } from '../stores/kept.ts';
import type { Action } from './action.ts';
import { keyConflicts, type KeyConflict } from './keys.ts';

/** Keys that somebody has chosen, by action; an action that is not named here has the keys it came with. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

/** Kept in this browser: a keyboard belongs to a person at a machine, not to a project. */
export const ownKeys = createKept<OwnKeys>('dragoman.keys', {}, (found) => (isRecord(found) && Object.values(found).every((keys) => Array.isArray(keys) && keys.every((key) => typeof key === 'string')) ? found as OwnKeys : undefined));

type Keyed = Pick<Action, 'id' | 'keys'>;

export const keysOf = (action: Keyed, own: OwnKeys): readonly string[] => own[action.id] ?? action.keys;

export const useOwnKeys = (): OwnKeys => useSyncExternalStore(ownKeys.subscribe, ownKeys.read);

/** The key that is shown beside an action; undefined: it has none. */
export const useChord = (action: Keyed): string | undefined => keysOf(action, useOwnKeys())[0];

/** Actions with the keys that are in force. */
export const withOwnKeys = (actions: readonly Action[], own: OwnKeys): readonly Action[] => actions.map((action) => (own[action.id] === undefined ? action : { ...action, keys: keysOf(action, own) }));

export const useKeyed = (actions: readonly Action[]): readonly Action[] => {
  const own = useOwnKeys();
  return useMemo(() => withOwnKeys(actions, own), [actions, own]);
};

/** Gives an action these keys; those it came with need not be remembered. */
export const setKeys = (own: OwnKeys, action: Keyed, keys: readonly string[]): OwnKeys => {
  const { [action.id]: _before, ...others } = own;
  const isUsual = keys.length === action.keys.length && keys.every((key, index) => key === action.keys[index]);
  return isUsual ? others : { ...others, [action.id]: keys };
};

/** Those that keep a page usable whatever was chosen, and those that the browser never hands over. */
const reserved: ReadonlySet<string> = new Set(['Tab', 'Shift+Tab', 'Escape', 'Enter', ' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Control+T', 'Control+N', 'Control+W', 'Control+Shift+T', 'Control+Shift+N', 'Control+Shift+W', 'Control+Q']);
export const isReserved = (chord: string): boolean => reserved.has(chord);

/** What each action's keys would mean besides it, by action. */
export const conflictsByAction = (actions: readonly Action[]): ReadonlyMap<string, readonly (KeyConflict & { readonly other: string })[]> => {
  const found = new Map<string, (KeyConflict & { readonly other: string })[]>();
  const add = (id: string, conflict: KeyConflict, other: string): void => { found.set(id, [...(found.get(id) ?? []), { ...conflict, other }]); };
  for (const conflict of keyConflicts(actions)) { add(conflict.first, conflict, conflict.second); add(conflict.second, conflict, conflict.first); }
  return found;
};
