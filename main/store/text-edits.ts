import type { Side } from '../contract/review.ts';
import type { NewTexts } from './api-review.ts';
import type { Sql } from './database.ts';

type Edit = {
  readonly sql: Sql; readonly ids: Uint32Array; readonly texts: NewTexts;
  change(side: Side, pairs: Uint32Array, bodies: readonly (string | null)[]): Generator<void, void>;
  mark(isEdited: (at: number) => boolean): Generator<void, void>;
};

/** Texts of pairs in both overlays, and the mark that tells which pairs are not as they were imported. */
export const changeTexts = function* ({ sql, ids, texts, change, mark }: Edit): Generator<void, void> {
  for (const side of ['source', 'target'] as const) {
    const given = texts[side];
    if (given === undefined) continue;
    const places = Uint32Array.from(ids.keys()).filter((at) => given[at] !== undefined);
    if (places.length > 0) yield* change(side, places.map((at) => ids[at] ?? 0), Array.from(places, (at) => given[at] ?? null));
  }
  yield* mark((at) => {
    const [source, target] = [texts.source?.[at], texts.target?.[at]];
    if (typeof source === 'string' || typeof target === 'string') return true;
    // Where a side was left alone, or given back, the overlay says what is there now.
    return sql.value<number>('SELECT 1 FROM edit WHERE pair = ? LIMIT 1', ids[at] ?? 0) === 1;
  });
};
