import { isKnownLanguage } from '../text/language-code.ts';
import { languagesOfFileName, plainFileName } from '../text/file-language.ts';

/**
 * Moses pairs: two files of one name that end in a language each (`news.de`, `news.en`), line n of one belonging to line n of the other.
 *
 * Three files of one name (`news.de`, `news.en`, `news.fr`) are no pair: which two belong together is the user's to say.
 */

export type FileGroup = { readonly path: string; readonly targetPath: string | null };

/** Files as single ones and pairs, each where its first file stood. */
export const groupMosesFiles = (paths: readonly string[]): readonly FileGroup[] => {
  const byStem = new Map<string, string[]>();
  for (const path of paths) {
    const stem = mosesStem(path);
    if (stem === null) continue;
    const group = byStem.get(stem) ?? [];
    if (!group.includes(path)) group.push(path);
    byStem.set(stem, group);
  }
  const partnerOf = new Map<string, string>();
  for (const [first, second, ...more] of byStem.values()) if (first !== undefined && second !== undefined && more.length === 0) partnerOf.set(first, second);
  const partners = new Set(partnerOf.values());
  return paths.filter((path) => !partners.has(path)).map((path) => ({ path, targetPath: partnerOf.get(path) ?? null }));
};

/** Folder and name without the language, or null for a name that does not end in a language. */
const mosesStem = (path: string): string | null => {
  const name = plainFileName(path);
  const dot = name.lastIndexOf('.');
  const code = name.slice(dot + 1);
  if (dot <= 0 || !isKnownLanguage(code) || languagesOfFileName(`x.${code}`).language === null) return null;
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return `${folder}${name.slice(0, dot)}`;
};
