import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { menus as menusSchema, shellWords as wordsSchema } from '../../main/contract/shell.ts';
import { allActions } from './all-actions.ts';
import { menusOf, shellWords, type MenuAction } from './shell-menus.ts';

const every: readonly MenuAction[] = allActions.map((action) => ({ id: action.id, label: action.label, scope: action.scope, key: action.keys[0], enabled: true }));
const idsOf = (found: ReturnType<typeof menusOf>): readonly string[] => found.flatMap(({ entries }) => entries.flatMap((entry) => (entry !== 'line' && 'id' in entry ? [entry.id] : [])));

describe('the menu bar', () => {
  test.each(['linux', 'win32', 'darwin'])('has every action of the page and of the open room on %s, as the shell takes it', (platform) => {
    const found = menusOf(every, { room: 'review', platform });
    expect(v.safeParse(menusSchema, found).issues).toBeUndefined();
    const wanted = every.filter(({ scope }) => scope === 'everywhere' || scope === 'review').map(({ id }) => id);
    expect([...new Set(idsOf(found))].toSorted()).toEqual(wanted.toSorted());
    expect(found.flatMap(({ entries }) => entries).filter((entry) => entry !== 'line' && 'role' in entry && entry.role === 'quit')).toHaveLength(1);
  });

  test('shows no empty menu, and says what cannot be done now', () => {
    const found = menusOf([{ id: 'project.open', label: 'action.openProject', scope: 'everywhere', key: 'O', enabled: false }], { room: 'start', platform: 'linux' });
    expect(found.map(({ label }) => label)).toEqual(['Project', 'Edit', 'View']);
    expect(found[0]?.entries[0]).toEqual({ id: 'project.open', label: 'Open a project…', keys: 'O', enabled: false });
  });

  test('leaves the keys of undo to the field that is written in, on macOS', () => {
    const edit = menusOf(every, { room: 'start', platform: 'darwin' }).find(({ label }) => label === 'Edit')?.entries;
    expect(edit).toContainEqual({ role: 'undo', label: 'Undo typing' });
    expect(edit).toContainEqual(expect.objectContaining({ id: 'project.undo', keys: null }));
  });

  test('comes with words that the shell takes', () => expect(v.safeParse(wordsSchema, shellWords()).success).toBe(true));
});
