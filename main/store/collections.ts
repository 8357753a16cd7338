import type { Collection } from '../contract/corpora.ts';
import { Failure } from '../contract/errors.ts';
import { knownFailure } from '../contract/known-failures.ts';
import type { CollectionResult, Collections, NewCollection } from './api.ts';
import type { Sql } from './database.ts';
import { parseStored, toStored } from './json.ts';

/** `collection.removed` in the file. */
export const present = 0;
export const removedByUser = 1;
export const toBePurged = 2;

type Row = {
  readonly id: number; readonly name: string; readonly kind: Collection['kind']; readonly language: string; readonly target_language: string | null;
  readonly state: Collection['state']; readonly removed: number; readonly lines: number; readonly empty: number; readonly malformed: number;
  readonly merged: number; readonly size: number; readonly files: string; readonly columns: string; readonly created_at: number;
};

export const createCollections = (sql: Sql): Collections => {
  const rowOf = (id: number, removed = false): Row => {
    const row = sql.get<Row>('SELECT * FROM collection WHERE id = ? AND side_of IS NULL AND removed <= ?', id, removed ? removedByUser : present);
    if (row === undefined) throw knownFailure('unknown-collection', { id });
    return row;
  };
  const change = (id: number, fields: Readonly<Record<string, string | number | null>>): void => {
    const names = Object.keys(fields);
    if (names.length > 0) sql.run(`UPDATE collection SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`, ...Object.values(fields), id);
  };
  return {
    create: (collection) => sql.transaction(() => createRows(sql, collection)),
    get: (id, options = {}) => asCollection(rowOf(id, options.removed ?? false)),
    list: () => sql.all<Row>('SELECT * FROM collection WHERE side_of IS NULL AND removed = ? ORDER BY id', present).map(asCollection),
    progress: (id, progress) => change(rowOf(id).id, resultFields(progress)),
    finish: (id, result) => change(rowOf(id).id, { ...resultFields(result), columns: toStored(result.columns), state: result.state }),
    rename: (id, name) => change(rowOf(id, true).id, { name }),
    setRemoved: (id, removed) => change(rowOf(id, true).id, { removed: removed ? removedByUser : present }),
    discard: (id) => change(rowOf(id, true).id, { removed: toBePurged }),
    sides: (id) => sidesOf(sql, id),
  };
};

const createRows = (sql: Sql, { name, kind, language, targetLanguage }: NewCollection): number => {
  const insert = (of: number | null, side: string | null, tag: string): number => sql.run(
    'INSERT INTO collection(name, kind, language, target_language, state, side_of, side, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    name, of === null ? kind : 'monolingual', tag, of === null ? targetLanguage : null, 'importing', of, side, Date.now(),
  ).id;
  if (kind === 'bitext' && targetLanguage === null) throw new Failure('bad-input', `The bitext “${name}” has no target language.`);
  const id = insert(null, null, language);
  if (kind === 'bitext') {
    insert(id, 'source', language);
    insert(id, 'target', targetLanguage ?? 'und');
  }
  return id;
};

/** Where the sentences are; works for removed ones too, whose pairs still know them. */
export const sidesOf = (sql: Sql, id: number): { readonly source: number; readonly target: number } => {
  const sides = sql.all<{ readonly id: number; readonly side: string }>('SELECT id, side FROM collection WHERE side_of = ? ORDER BY id', id);
  const source = sides.find(({ side }) => side === 'source')?.id ?? id;
  const target = sides.find(({ side }) => side === 'target')?.id ?? id;
  return { source, target };
};

const resultFields = ({ counts, files }: Partial<Pick<CollectionResult, 'counts' | 'files'>>): Record<string, string | number> => ({
  ...(counts === undefined ? {} : { lines: counts.lines, empty: counts.empty, malformed: counts.malformed, merged: counts.merged, size: counts.size }),
  ...(files === undefined ? {} : { files: toStored(files) }),
});

const asCollection = (row: Row): Collection => ({
  id: row.id, name: row.name, kind: row.kind, language: row.language, targetLanguage: row.target_language, state: row.state,
  lines: row.lines, empty: row.empty, malformed: row.malformed, merged: row.merged, size: row.size,
  files: parseStored<Collection['files']>(row.files), columns: parseStored<Collection['columns']>(row.columns), createdAt: row.created_at,
});
