import { en } from './en.ts';
import { isolated } from './isolate.ts';
import { locales, perLocale, setLocale, type InterfaceLanguage } from './locale.ts';
import { count } from './numbers.ts';

/** A message: plain words, or one form a plural category of its language, chosen by `count`. */
export type Message = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

export type StringKey = keyof typeof en;

/** The words of another language. What is missing is said in English, never as a key. */
export type Translation = Readonly<Partial<Record<StringKey, Message>>>;

type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Forms<M> = M extends string ? M : M extends Readonly<Record<string, string>> ? M[keyof M] : never;
type NamesOf<K extends StringKey> = (typeof en)[K] extends string ? Names<Forms<(typeof en)[K]>> : Names<Forms<(typeof en)[K]>> | 'count';

/** What a message needs to be said: nothing, or one value for each `{name}` in it. Numbers are formatted with the locale's digits. */
export type ValuesOf<K extends StringKey> = [NamesOf<K>] extends [never] ? readonly [] : readonly [values: Readonly<Record<NamesOf<K>, string | number>>];

/** Keys that are said without values: labels of actions, reasons, names of rooms. */
export type PlainKey = { [K in StringKey]: ValuesOf<K> extends readonly [] ? K : never }[StringKey];

type Values = Readonly<Record<string, string | number>>;

/** English is part of the page; another language comes when it is asked for, in a file of its own. */
const translations: Readonly<Record<InterfaceLanguage, () => Promise<Translation>>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./de.ts')).de,
  ar: async () => (await import('./ar.ts')).ar,
};

const english: Readonly<Record<string, Message>> = en;
let words: Readonly<Record<string, Message | undefined>> = en;
let asked: InterfaceLanguage = 'en';

/** Loads a language and speaks it from then on; whoever listens (`onLocale`) then draws again. Of two that are asked for, the newer one wins. */
export const speak = async (language: InterfaceLanguage): Promise<void> => {
  asked = language;
  const found = await translations[language]();
  if (asked !== language) return;
  words = found;
  setLocale(locales[language]);
};

/** The words of a key. */
export const t = <K extends StringKey>(key: K, ...values: ValuesOf<K>): string => find(key, values[0] ?? {}) ?? key;

/** The words of a key that is put together at run time (`stage.${name}`), or the fallback where the catalogue has none. */
export const tIfAny = (key: string, fallback: string, values: Values = {}): string => find(key, values) ?? fallback;

/** A name in the middle of a line: English loses its capital there, German nouns keep theirs, Arabic has none. */
export const lowered = (name: string): string => (lowersNames() ? name.toLocaleLowerCase('en') : name);

/** Several things in a row, with the language's own comma. */
export const listed = (parts: readonly string[]): string => parts.join(t('separator'));

const lowersNames = perLocale(({ language }) => language === 'en');
const pluralHere = perLocale(({ tag }) => new Intl.PluralRules(tag));
const englishPlural = new Intl.PluralRules('en');

const find = (key: string, values: Values): string | undefined => {
  const message = words[key];
  if (message !== undefined) return say(message, values, pluralHere());
  const fallback = english[key];
  return fallback === undefined ? undefined : say(fallback, values, englishPlural);
};

const say = (message: Message, values: Values, plural: Intl.PluralRules): string => {
  const form = typeof message === 'string' ? message : (message[plural.select(amountOf(values['count']))] ?? message.other);
  return form.replace(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? count(value) : isolated(value);
  });
};

/** What a plural goes by: the number, also where it comes written as a figure ("41 207"). */
const amountOf = (value: string | number | undefined): number => (typeof value === 'string' ? Number(value.replace(/\D/gu, '')) : value ?? 0);
