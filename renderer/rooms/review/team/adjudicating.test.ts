import { describe, expect, test } from 'vitest';
import { conflictChip, showsConflicts } from './adjudicating.ts';

const flagged = { kind: 'flag', flag: 'flagged', value: true } as const;

describe('the view of conflicts', () => {
  test('is any filter that keeps nothing but conflicts', () => {
    expect(showsConflicts({ join: 'all', of: [flagged, conflictChip] })).toBe(true);
    expect(showsConflicts({ join: 'any', of: [conflictChip] })).toBe(true);
  });

  test('is no filter that lets other pairs in', () => {
    expect(showsConflicts({ join: 'any', of: [flagged, conflictChip] })).toBe(false);
    expect(showsConflicts({ join: 'all', of: [{ kind: 'decision', by: 2, value: 'conflict' }] })).toBe(false);
    expect(showsConflicts({ join: 'all', of: [] })).toBe(false);
  });
});
