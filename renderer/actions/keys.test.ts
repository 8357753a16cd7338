import { Check } from 'lucide-react';
import { describe, expect, test } from 'vitest';
import { allActions } from '../app/all-actions.ts';
import { action, type Action } from './action.ts';
import { actionFor, chordOf, chordsOf, isPlain, keyConflicts, type KeyPress } from './keys.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, ...held });
const toy = (id: string, scope: Action['scope'], keys: readonly string[]): Action => action({ id, scope, keys, label: 'action.undo', icon: Check, run: () => undefined });

describe('reading a press', () => {
  test('writes letters in capitals and says what is held', () => {
    expect(chordOf(press('z'))).toBe('Z');
    expect(chordOf(press('Z', { shiftKey: true }))).toBe('Shift+Z');
    expect(chordOf(press('k', { ctrlKey: true }))).toBe('Control+K');
  });

  test('takes Command for Control', () => expect(chordOf(press('k', { metaKey: true }))).toBe('Control+K'));

  test('does not say Shift for a sign that Shift has made', () => expect(chordOf(press('?', { shiftKey: true }))).toBe('?'));

  test('says Shift for keys with names', () => expect(chordOf(press('Enter', { shiftKey: true }))).toBe('Shift+Enter'));

  test('knows which chords belong to whoever writes', () => {
    expect(isPlain('Z')).toBe(true);
    expect(isPlain('Shift+Z')).toBe(true);
    expect(isPlain('Control+K')).toBe(false);
  });
});

describe('a press by its place on the keyboard', () => {
  test('stands in where the layout writes no Latin letter', () => {
    expect(chordsOf(press('ф', { code: 'KeyA' }))).toEqual(['Ф', 'A']);
    expect(chordsOf(press('ش', { code: 'KeyA' }))).toEqual(['ش', 'A']);
    expect(chordsOf(press('я', { code: 'KeyZ', shiftKey: true }))).toEqual(['Shift+Я', 'Shift+Z']);
    expect(chordsOf(press('л', { code: 'KeyK', ctrlKey: true }))).toContain('Control+K');
    expect(chordsOf(press('х', { code: 'BracketLeft' }))).toContain('[');
  });

  test('never overrules a Latin letter', () => expect(chordsOf(press('q', { code: 'KeyA' }))).toEqual(['Q']));

  test('finds the digits of a row that writes other signs', () => {
    expect(chordsOf(press('&', { code: 'Digit1' }))).toEqual(['&', '1']);
    expect(chordsOf(press('٣', { code: 'Digit3' }))).toContain('3');
    expect(chordsOf(press('!', { code: 'Digit1', shiftKey: true }))).toEqual(['!']);
  });

  test('leaves keys with names alone', () => expect(chordsOf(press('Enter', { code: 'Enter' }))).toEqual(['Enter']));
});

describe('finding the action of a press', () => {
  const actions = [toy('everywhere', 'everywhere', ['A']), toy('mine', 'mine', ['B']), toy('models', 'models', ['B'])];

  test('takes the open room, not another', () => {
    expect(actionFor(actions, 'B', 'mine')?.id).toBe('mine');
    expect(actionFor(actions, 'B', 'models')?.id).toBe('models');
    expect(actionFor(actions, 'B', 'corpora')).toBeUndefined();
  });

  test('takes what acts everywhere in every room', () => expect(actionFor(actions, 'A', 'corpora')?.id).toBe('everywhere'));
});

describe('conflicts', () => {
  test('are found inside a room and between a room and everywhere', () => {
    expect(keyConflicts([toy('one', 'mine', ['A']), toy('two', 'mine', ['A'])])).toEqual([{ chord: 'A', first: 'one', second: 'two' }]);
    expect(keyConflicts([toy('one', 'everywhere', ['A']), toy('two', 'mine', ['A'])])).toHaveLength(1);
  });

  test('are none between two rooms', () => expect(keyConflicts([toy('one', 'mine', ['A']), toy('two', 'models', ['A'])])).toEqual([]));
});

describe('the actions of the page', () => {
  test('have no key that means two things in one place', () => {
    expect(allActions.length).toBeGreaterThan(20);
    expect(keyConflicts(allActions)).toEqual([]);
  });

  test('have ids of their own', () => expect(new Set(allActions.map((each) => each.id)).size).toBe(allActions.length));

  test('write their keys the way a press is read', () => {
    const wrong = allActions.flatMap((each) => each.keys).filter((chord) => /(?:^|\+)[a-z](?:$|\+)/u.test(chord) || /^Shift\+Control|^Alt\+Control/u.test(chord));
    expect(wrong).toEqual([]);
  });
});
