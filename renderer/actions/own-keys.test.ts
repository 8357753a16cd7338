import { Check } from 'lucide-react';
import { describe, expect, test } from 'vitest';
import { action, type Action } from './action.ts';
import { actionFor } from './keys.ts';
import { conflictsByAction, isReserved, setKeys, withOwnKeys } from './own-keys.ts';

const toy = (id: string, keys: readonly string[], scope: Action['scope'] = 'review'): Action => action({ id, scope, keys, label: 'action.undo', icon: Check, run: () => undefined });
const actions = [toy('accept', ['A']), toy('reject', ['R']), toy('undo', ['Z', 'Control+Z'], 'everywhere')];

describe('keys that somebody has chosen', () => {
  test('stand in the place of the usual ones', () => {
    const chosen = withOwnKeys(actions, setKeys({}, actions[0] ?? toy('', []), ['D']));
    expect(actionFor(chosen, 'D', 'review')?.id).toBe('accept');
    expect(actionFor(chosen, 'A', 'review')).toBeUndefined();
  });

  test('may be none', () => expect(actionFor(withOwnKeys(actions, { accept: [] }), 'A', 'review')).toBeUndefined());

  test('are forgotten when they are the usual ones again', () => {
    const own = setKeys({ reject: ['X'] }, actions[0] ?? toy('', []), ['D']);
    expect(own).toEqual({ accept: ['D'], reject: ['X'] });
    expect(setKeys(own, toy('accept', ['A']), ['A'])).toEqual({ reject: ['X'] });
  });

  test('tell what else they mean, at both actions', () => {
    const found = conflictsByAction(withOwnKeys(actions, { accept: ['A', 'Z'] }));
    expect(found.get('accept')).toEqual([{ chord: 'Z', first: 'accept', second: 'undo', other: 'undo' }]);
    expect(found.get('undo')?.[0]?.other).toBe('accept');
    expect(found.has('reject')).toBe(false);
  });

  test('leave alone what moves through the page, and what browsers keep for themselves', () => expect(['Tab', 'Escape', 'Control+W', 'A'].map(isReserved)).toEqual([true, true, true, false]));
});
