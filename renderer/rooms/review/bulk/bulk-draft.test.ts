import { describe, expect, test } from 'vitest';
import { noFilter } from '../filters/filter.ts';
import { actionOf, newBulkDraft, scopeOf } from './bulk-draft.ts';

const accepted = { kind: 'decision', by: null, value: 'accept' } as const;

describe('what a form would do', () => {
  test('a replacement needs something to look for, and an expression that is one', () => {
    const draft = newBulkDraft('replace');
    expect(actionOf(draft)).toEqual({ why: 'bulk.why.find' });
    expect(actionOf({ ...draft, find: '(', regex: true })).toEqual({ why: 'review.fault.badExpression' });
    expect(actionOf({ ...draft, find: '(' })).toMatchObject({ kind: 'replace', find: '(', regex: false });
    expect(actionOf({ ...draft, find: '\\p{Lu}', regex: true })).toMatchObject({ find: '\\p{Lu}', wholeGraphemes: true });
  });

  test('normalising needs a step', () => expect(actionOf({ ...newBulkDraft('normalise'), steps: [] })).toEqual({ why: 'bulk.why.steps' }));

  test('only a rejection has a reason', () => {
    expect(actionOf({ ...newBulkDraft('decide'), reason: 'language' })).toEqual({ kind: 'decide', decision: 'accept', reason: null });
    expect(actionOf({ ...newBulkDraft('decide'), decision: 'reject', reason: 'language' })).toEqual({ kind: 'decide', decision: 'reject', reason: 'language' });
  });
});

describe('the pairs that are looked at', () => {
  const chip = { kind: 'flag', flag: 'flagged', value: true } as const;

  test('leave accepted texts alone unless they are wanted', () => {
    expect(scopeOf(noFilter, newBulkDraft('replace'))).toEqual({ kind: 'not', of: accepted });
    expect(scopeOf({ join: 'any', of: [chip, accepted] }, newBulkDraft('swap'))).toEqual({ kind: 'all', of: [{ kind: 'any', of: [chip, accepted] }, { kind: 'not', of: accepted }] });
    expect(scopeOf(noFilter, { ...newBulkDraft('replace'), acceptedToo: true })).toBeNull();
  });

  test('are the whole filter for decisions and flags', () => expect(scopeOf({ join: 'all', of: [chip] }, newBulkDraft('decide'))).toEqual(chip));
});
