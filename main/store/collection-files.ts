import type { Collection } from '../contract/corpora.ts';
import type { Sql } from './database.ts';
import { parseStored } from './json.ts';

/** The files of a collection, by the index that sentences and pairs carry; a side of a bitext has those of the bitext. */
export type CollectionFiles = {
  readonly names: readonly string[];
  nameOf(file: number): string;
  /** Whether a line number alone does not say which line. A Moses pair counts as one file: its halves have the same lines. */
  readonly several: boolean;
  /** The file of the target side of a pair: a Moses pair is two files, the target's right behind the source's. */
  targetOf(file: number): number;
};

export const collectionFiles = (sql: Sql, collection: number): CollectionFiles => {
  const json = sql.value<string>('SELECT coalesce(whole.files, part.files) FROM collection part LEFT JOIN collection whole ON whole.id = part.side_of WHERE part.id = ?', collection);
  const files = json === undefined ? [] : parseStored<Collection['files']>(json);
  const isMoses = (file: number): boolean => files[file]?.options.layout === 'moses';
  const halves = files.filter((_, file) => isMoses(file)).length;
  return {
    names: files.map(({ path }) => path),
    nameOf: (file) => files[file]?.path ?? '',
    several: files.length - Math.floor(halves / 2) > 1,
    targetOf: (file) => (isMoses(file) ? file + 1 : file),
  };
};
