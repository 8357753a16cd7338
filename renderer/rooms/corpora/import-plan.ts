import type { Collection, ColumnRole, ImportColumn, ImportFile, ImportOptions, ImportPreview, ImportRequest } from '../../../main/contract/corpora.ts';
import { isLanguageTag } from '../../../main/contract/language.ts';

/** A file about to be imported: what was found in it, how it will be read, and the collection it goes to. */
export type Planned = { readonly preview: ImportPreview; readonly collection: string };

/** A name from a file's: without folders, endings of packing and of format. "/data/crawl.de.txt.gz" -> "crawl.de". */
export const nameOf = (path: string): string => {
  const file = path.split(/[\\/]/u).at(-1) ?? path;
  return file.replace(/\.(?:gz|xz|zst|bz2)$/iu, '').replace(/\.(?:txt|tsv|csv|text)$/iu, '') || file;
};

/** The stem that the two files of a Moses pair share: "bible.de-en.de" + "bible.de-en.en" -> "bible.de-en". */
export const planFiles = (previews: readonly ImportPreview[]): readonly Planned[] =>
  previews.map((preview) => ({ preview, collection: preview.file.targetPath === null ? nameOf(preview.file.path) : nameOf(preview.file.path).replace(/\.[a-z]{2,3}$/iu, '') }));

/** "crawl" -> "crawl 2" -> "crawl 3": the name of what comes after. */
export const nextName = (name: string): string => {
  const numbered = /^(.*) (\d+)$/u.exec(name);
  return numbered === null ? `${name} 2` : `${numbered[1] ?? name} ${Number(numbered[2]) + 1}`;
};

/** A file that is added to a collection: named after it, and in its languages, whatever a few new lines look like. */
export const asMoreOf = (collection: Collection, { preview }: Planned): Planned => {
  const options = { ...preview.file.options, language: collection.language, targetLanguage: isBitext(preview.file.options) ? collection.targetLanguage : preview.file.options.targetLanguage };
  return { preview: { ...preview, file: { ...preview.file, options } }, collection: nextName(collection.name) };
};

/** Files of one name make one collection; but only files of the same kind and languages can. */
export const requestsOf = (planned: readonly Planned[]): readonly ImportRequest[] => {
  const groups = new Map<string, { readonly name: string; readonly files: ImportFile[] }>();
  for (const { preview, collection } of planned) {
    const { options } = preview.file;
    const name = collection.trim() === '' ? nameOf(preview.file.path) : collection.trim();
    const key = JSON.stringify([name, isBitext(options), options.language, isBitext(options) ? options.targetLanguage : null]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { name, files: [preview.file] }); else group.files.push(preview.file);
  }
  return [...groups.values()];
};

/** Two sides: a Moses pair, or columns with a source and a target. */
export const isBitext = (options: ImportOptions): boolean => options.layout === 'moses' || (options.layout === 'columns' && options.columns.some((column) => column.role === 'source' || column.role === 'target'));

/** Gives a column its role; of roles that only one column may have, the other columns lose it. */
export const withRole = (options: ImportOptions, index: number, role: ColumnRole): ImportOptions => ({
  ...options,
  columns: options.columns.map((column) => {
    if (column.index === index) return { ...column, role };
    const single = role !== 'ignore' && role !== 'score' && role !== 'label';
    return single && column.role === role ? { ...column, role: 'ignore' } : column;
  }),
});

/**
 * Columns for a file that the inspector took for plain lines, from its lines as they are.
 *
 * The two longest columns are taken for texts (one, where there are only an id and a text), numbers for scores, a short column before the first text for its id; what is left
 * is not imported. Only a proposal: every role is shown and can be changed.
 */
export const proposeColumns = (lines: readonly string[]): readonly ImportColumn[] => {
  const cells = lines.map((line) => line.split('\t'));
  const width = cells.reduce((most, row) => Math.max(most, row.length), 1);
  const lengths = Array.from({ length: width }, (_, index) => cells.reduce((sum, row) => sum + (row[index]?.length ?? 0), 0));
  const isNumber = (index: number): boolean => cells.slice(1).some((row) => row[index] !== undefined) && cells.slice(1).every((row) => row[index] === undefined || /^-?\d+(?:\.\d+)?$/u.test(row[index]));
  const byLength = Array.from({ length: width }, (_, index) => index).filter((index) => !isNumber(index)).sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0) || a - b);
  const [longest, second] = byLength;
  const two = longest !== undefined && second !== undefined && (lengths[second] ?? 0) * 3 >= (lengths[longest] ?? 0);
  const texts = (two ? [longest, second] : [longest ?? 0]).toSorted((a, b) => a - b);
  const roleAt = (index: number): ColumnRole => {
    if (texts.includes(index)) return two ? (index === texts[0] ? 'source' : 'target') : 'text';
    if (index === 0 && index === (texts[0] ?? 0) - 1) return two ? 'source-id' : 'id';
    return isNumber(index) ? 'score' : 'ignore';
  };
  return Array.from({ length: width }, (_, index) => ({ index, name: String(index + 1), role: roleAt(index) }));
};

/** Turns the header on or off; turned on, the first row of the sample names the columns. */
export const withHeader = (preview: ImportPreview, header: boolean): Pick<ImportOptions, 'header' | 'columns'> => {
  const { columns } = preview.file.options;
  const [first] = preview.sample;
  if (!header || preview.file.options.header || first === undefined) return { header, columns };
  return { header, columns: columns.map((column) => ({ ...column, name: first[column.index]?.trim() || column.name })) };
};

/** What must still be decided before a file can be imported: a key of `import.fault.*`. */
export const faultOf = (options: ImportOptions): 'language' | 'target' | 'text' | 'sides' | undefined => {
  if (!isLanguageTag(options.language)) return 'language';
  if (isBitext(options) && (options.targetLanguage === null || !isLanguageTag(options.targetLanguage))) return 'target';
  if (options.layout === 'columns') {
    const has = (role: ColumnRole): boolean => options.columns.some((column) => column.role === role);
    if (isBitext(options) ? !(has('source') && has('target')) : !has('text')) return isBitext(options) ? 'sides' : 'text';
  }
  return undefined;
};
