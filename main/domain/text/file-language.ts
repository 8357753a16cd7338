import { isKnownLanguage, normaliseLanguage } from './language-code.ts';

/**
 * What a file's name says about the languages in it.
 *
 * `x.de.txt.gz`, `de.tsv`, `crawl_deu_Latn.txt` and `news.de-en.de` name one language; `corpus.de-en.tsv` names a pair. A hint only: the text itself is
 * asked too.
 */

export type FileLanguages = { readonly language: string | null; readonly targetLanguage: string | null };

const compressionSuffix = /\.(?:gz|gzip|xz|zst|zstd)$/i;
const formatSuffix = /\.(?:txt|text|tsv|tab|csv|sent|sentences|raw|lines|snt)$/i;

/** Endings that are ISO codes by accident: backups, archives, formats and the small words of English. */
const notLanguages: ReadonlySet<string> = new Set([
  'bak', 'bin', 'dat', 'doc', 'dir', 'log', 'map', 'net', 'new', 'old', 'org', 'orig', 'out', 'par', 'raw', 'sam', 'tab', 'tar', 'tmp', 'tsv', 'ids', 'all', 'dev', 'set', 'src', 'trg', 'tgt', 'sub',
  'to', 'of', 'by', 'in', 'on', 'or', 'as', 'ed', 'gz',
]);

/** A file's own name without folder and without a compression's suffix. */
export const plainFileName = (path: string): string => (path.split(/[/\\]/).at(-1) ?? path).replace(compressionSuffix, '');

/** The languages that a file's name mentions; nulls where it mentions none. */
export const languagesOfFileName = (path: string): FileLanguages => {
  const name = plainFileName(path);
  const bare = name.replace(formatSuffix, '');
  const parts = bare.split('.');
  const last = parts.at(-1) ?? '';
  const single = languageOfPart(last);
  // The whole name may be the code (`de.tsv`); a dotted name needs its last part to be one (`x.de`).
  if (single !== null) return { language: single, targetLanguage: null };
  const pair = pairOfPart(last);
  if (pair !== null) return pair;
  return afterLastSeparator(bare);
};

const languageOfPart = (part: string): string | null => {
  if (!/^[A-Za-z]{2,3}(?:[-_][A-Z][a-z]{3})?(?:[-_][A-Z]{2})?$/.test(part)) return null;
  if (notLanguages.has(part.toLowerCase())) return null;
  return isKnownLanguage(part) ? normaliseLanguage(part) : null;
};

const pairOfPart = (part: string): FileLanguages | null => {
  const match = /^([A-Za-z]{2,3}(?:_[A-Z][a-z]{3})?)[-_]([A-Za-z]{2,3}(?:_[A-Z][a-z]{3})?)$/.exec(part);
  if (match === null) return null;
  const language = languageOfPart(match[1] ?? '');
  const targetLanguage = languageOfPart(match[2] ?? '');
  return language !== null && targetLanguage !== null ? { language, targetLanguage } : null;
};

/** `crawl-de`, `crawl_deu_Latn`, `wmt22_de-en`: two lower-case letters behind a dash are common in other words, so only the end of the name counts. */
const afterLastSeparator = (bare: string): FileLanguages => {
  const pair = /[-_.]([a-z]{2,3})-([a-z]{2,3})$/.exec(bare);
  if (pair !== null) {
    const both = pairOfPart(`${pair[1] ?? ''}-${pair[2] ?? ''}`);
    if (both !== null) return both;
  }
  const end = /[-_.]([a-z]{2,3}(?:_[A-Z][a-z]{3})?)$/.exec(bare);
  return { language: end === null ? null : languageOfPart(end[1] ?? ''), targetLanguage: null };
};
