import type { ExportFormat } from '../../../main/contract/export.ts';
import type { PairOrigin } from '../../../main/contract/pairs.ts';

/** Formats in the order in which people ask for them. */
export const formats: readonly ExportFormat[] = ['tsv', 'xlsx', 'tmx', 'moses', 'jsonl', 'keops', 'mined-tsv'];

const endings: Readonly<Record<ExportFormat, string>> = { tsv: '.tsv', xlsx: '.xlsx', tmx: '.tmx', moses: '', jsonl: '.jsonl', keops: '.tsv', 'mined-tsv': '.tsv' };

/** Formats that take columns of the pairs along, and what was judged. */
export const takesColumns = (format: ExportFormat): boolean => format === 'tsv' || format === 'xlsx' || format === 'tmx' || format === 'jsonl';

/** Changes a path's ending with the format and keeps `.gz`: "pairs.tsv.gz" as TMX is "pairs.tmx.gz". Moses has no ending of its own: its files get the languages'; a workbook is packed already. */
export const withEnding = (path: string, format: ExportFormat): string => {
  if (path === '') return '';
  const packed = path.endsWith('.gz') ? '.gz' : '';
  const bare = path.slice(0, path.length - packed.length).replace(/\.(?:tsv|xlsx|tmx|jsonl)$/u, '');
  return `${bare}${endings[format]}${format === 'xlsx' ? '' : packed}`;
};

/** A file name proposed for what is exported; signs that some disks refuse become a dash. */
export const suggestName = (name: string, format: ExportFormat): string => withEnding(name.trim().replace(/[\\/:*?"<>|,\s]+/gu, '-').replace(/^-+|-+$/gu, '') || 'pairs', format);

export const originKey = (origin: PairOrigin): string => ('run' in origin ? `run-${origin.run}` : `collection-${origin.collection}`);

/** A file in a folder of the host, with the host's own separator; nothing without a folder. */
export const inFolder = (folder: string | undefined, name: string): string => {
  if (folder === undefined) return '';
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
};
