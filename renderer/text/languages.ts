import { scriptOf, textDirection, type TextDirection } from '../../main/domain/text/script.ts';
import { perLocale } from '../strings/locale.ts';

/** What a language tag means for the page. Direction and script are the domain's, so that page and import answer alike; the name is the interface's. */
export { scriptOf };
export type { TextDirection };
export const directionOf = textDirection;

export type TextAttributes = { readonly lang: string; readonly dir: TextDirection; readonly 'data-script'?: string };

/** Every cell of a table asks, in every frame of scrolling; a project has few languages. */
const known = new Map<string, TextAttributes>();

/** What an element that holds words of a language says: browsers break lines and choose glyphs by `lang`, faces go by the script. */
export const textAttributes = (language: string): TextAttributes => {
  const before = known.get(language);
  if (before !== undefined) return before;
  const script = scriptOf(language);
  const made = { lang: language === '' ? 'und' : language, dir: directionOf(language), ...(script === null ? {} : { 'data-script': script }) };
  known.set(language, made);
  return made;
};

const names = perLocale(({ tag }) => new Intl.DisplayNames([tag], { type: 'language', languageDisplay: 'standard', fallback: 'none' }));

/** "German", "Chinese (Simplified)"; the tag itself for private and unknown ones. */
export const languageName = (language: string): string => {
  if (language === 'und' || language.startsWith('x-')) return language;
  try {
    return names().of(language) ?? language;
  } catch {
    return language;
  }
};

const scripts = perLocale(({ tag }) => new Intl.DisplayNames([tag], { type: 'script', fallback: 'code' }));

/** "Arabic", "Chinese (Simplified)"; of an ISO 15924 code. The two ways to write Chinese have names that say little by themselves. */
export const scriptName = (script: string): string => (script === 'Hans' || script === 'Hant' ? languageName(`zh-${script}`) : scripts().of(script) ?? script);
