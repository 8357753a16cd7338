import { first } from './0001-first.ts';
import { review } from './0002-review.ts';
import { editsByOperation } from './0003-edits-by-operation.ts';
import { labellings } from './0004-labellings.ts';
import type { Migration } from './migration.ts';

/** In order, without gaps: number n stands at position n - 1. */
export const migrations: readonly Migration[] = [first, review, editsByOperation, labellings];
