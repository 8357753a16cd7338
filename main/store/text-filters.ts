import type { Predicate } from '../contract/pairs.ts';
import type { Side } from '../contract/review.ts';
import type { Sql } from './database.ts';
import { editedWith } from './edited-texts.ts';
import type { EditedTexts } from './edited-texts.ts';
import type { PairBlocks, StoredBlock } from './pair-blocks.ts';
import type { Filter } from './predicates.ts';
import type { TextMatches } from './text-matches.ts';

/** Filters by text: sentences are searched once each, edited pairs on their own. */
export type TextFilters = { compile(block: StoredBlock, side: Side, predicate: TextPredicate, denied: boolean): Filter };

type TextPredicate = Extract<Predicate, { readonly kind: 'text' }>;

export const createTextFilters = (sql: Sql, blocks: PairBlocks, matches: TextMatches, edited: EditedTexts): TextFilters => {
  const ofSide: TextFilters['compile'] = (block, side, { contains, matchCase, how = 'substring' }, denied) => {
    const language = how === 'word' ? sql.value<string>('SELECT language FROM collection WHERE id = ?', block[side]) ?? 'und' : 'und';
    const sought = { contains, matchCase, how, language };
    const { marks: found, scan } = matches.search(block[side], sought);
    let edits: readonly (Uint8Array | null)[] | null = null;
    return {
      prepare: async (signal) => { edits = await edited.matches(block, side, sought, signal); },
      search: (signal) => scan.complete(signal),
      test: (no, marks) => {
        const { sources, targets } = blocks.chunk(block, no);
        const ordinals = side === 'source' ? sources : targets;
        const unknownFrom = denied ? scan.done : Number.POSITIVE_INFINITY;
        for (let at = 0; at < marks.length; at += 1) {
          const ordinal = ordinals[at] ?? 0;
          marks[at] = ordinal >= unknownFrom ? 1 : found[ordinal] ?? 0;
        }
        const changed = edits?.[no] ?? null;
        if (changed !== null) for (let at = 0; at < marks.length; at += 1) if (changed[at] !== 0) marks[at] = changed[at] === editedWith ? 1 : 0;
      },
    };
  };
  return { compile: ofSide };
};
