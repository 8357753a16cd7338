/** The language of the interface: which there are, which one is in force, and who wants to know when it changes. */
export const interfaceLanguages = ['en', 'de', 'ar'] as const;
export type InterfaceLanguage = (typeof interfaceLanguages)[number];

/** What a user may choose: a language, or whatever the browser asks for. */
export const languageChoices = ['system', ...interfaceLanguages] as const;
export type LanguageChoice = (typeof languageChoices)[number];

export type Locale = {
  readonly language: InterfaceLanguage;
  /** What `Intl` is given: plurals, numbers, dates, names of languages. */
  readonly tag: string;
  /** As those who speak it call it. */
  readonly ownName: string;
  readonly direction: 'ltr' | 'rtl';
};

export const locales: Readonly<Record<InterfaceLanguage, Locale>> = {
  en: { language: 'en', tag: 'en-GB', ownName: 'English', direction: 'ltr' },
  de: { language: 'de', tag: 'de', ownName: 'Deutsch', direction: 'ltr' },
  // Latin digits in Arabic: margins and counts stand beside ids, file names and signatures, are typed into fields, and are compared with exports and papers, which have no others.
  ar: { language: 'ar', tag: 'ar-u-nu-latn', ownName: 'العربية', direction: 'rtl' },
};

/** The language that a choice means: itself, or the first one of the browser's wishes that there is; else English. */
export const languageOf = (choice: LanguageChoice, wishes: readonly string[]): InterfaceLanguage => {
  if (choice !== 'system') return choice;
  const asked = wishes.map((wish) => wish.split('-')[0]?.toLowerCase());
  return asked.map((wish) => interfaceLanguages.find((each) => each === wish)).find((found) => found !== undefined) ?? 'en';
};

let current = locales.en;
const listeners = new Set<() => void>();

/** The locale in force. English until another one has been loaded. */
export const locale = (): Locale => current;

export const onLocale = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
};

/** For the catalogue, which has the words of a language before its figures are written in its manner. */
export const setLocale = (next: Locale): void => {
  if (next === current) return;
  current = next;
  for (const listener of listeners) listener();
};

/** Something made from the locale and kept until it changes: formatters are dear to make, and every cell of a table asks for one. */
export const perLocale = <T>(make: (locale: Locale) => T): (() => T) => {
  let made: { readonly from: Locale; readonly value: T } | undefined;
  return () => {
    if (made?.from !== current) made = { from: current, value: make(current) };
    return made.value;
  };
};
