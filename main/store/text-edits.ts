import type { NewTexts } from './api-review.ts';
import type { Sql } from './database.ts';

type Edit = {
  readonly sql: Sql; readonly ids: Uint32Array; readonly texts: NewTexts;
  change(texts: NewTexts): Generator<void, void>;
  mark(isEdited: (at: number) => boolean): Generator<void, void>;
};

/** Texts of pairs in the overlay, and the mark that tells which pairs are not as they were imported. */
export const changeTexts = function* ({ sql, ids, texts, change, mark }: Edit): Generator<void, void> {
  yield* change(texts);
  yield* mark((at) => {
    const [source, target] = [texts.source?.[at], texts.target?.[at]];
    if (typeof source === 'string' || typeof target === 'string') return true;
    // Where a side was left alone, or given back, the overlay says what is there now.
    return sql.value<number>('SELECT 1 FROM edit WHERE pair = ? LIMIT 1', ids[at] ?? 0) === 1;
  });
};
