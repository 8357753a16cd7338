import type { Sql } from './database.ts';

/** The dictionaries of label columns: code 1 is the first label seen, 0 means none. */
export type Labels = {
  /** New labels wait in memory until `flush`, which belongs into the transaction that writes their codes. */
  codeOf(column: number, label: string): number;
  textOf(column: number, code: number): string | null;
  all(column: number): readonly string[];
  flush(column: number): void;
  forget(column: number): void;
  forgetAll(): void;
};

type Dictionary = { readonly codes: Map<string, number>; readonly texts: string[]; written: number };

export const createLabels = (sql: Sql): Labels => {
  const dictionaries = new Map<number, Dictionary>();
  const of = (column: number): Dictionary => {
    const known = dictionaries.get(column);
    if (known !== undefined) return known;
    const texts = sql.column<string>('SELECT label FROM column_label WHERE pair_column = ? ORDER BY code', column);
    const read = { codes: new Map(texts.map((text, at) => [text, at + 1])), texts, written: texts.length };
    dictionaries.set(column, read);
    return read;
  };
  return {
    codeOf: (column, label) => {
      const { codes, texts } = of(column);
      const known = codes.get(label);
      if (known !== undefined) return known;
      codes.set(label, texts.push(label));
      return texts.length;
    },
    textOf: (column, code) => of(column).texts[code - 1] ?? null,
    all: (column) => of(column).texts,
    flush: (column) => {
      const dictionary = of(column);
      const { texts, written } = dictionary;
      for (let at = written; at < texts.length; at += 1) sql.run('INSERT INTO column_label(pair_column, code, label) VALUES (?, ?, ?)', column, at + 1, texts[at] ?? '');
      dictionary.written = texts.length;
    },
    forget: (column) => dictionaries.delete(column),
    forgetAll: () => dictionaries.clear(),
  };
};
