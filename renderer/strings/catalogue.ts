import { en } from './en.ts';

/** A message: plain words, or one form a plural category of its language, chosen by `count`. */
export type Message = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

export type StringKey = keyof typeof en;

type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Forms<M> = M extends string ? M : M extends Readonly<Record<string, string>> ? M[keyof M] : never;
type NamesOf<K extends StringKey> = (typeof en)[K] extends string ? Names<Forms<(typeof en)[K]>> : Names<Forms<(typeof en)[K]>> | 'count';

/** What a message needs to be said: nothing, or one value for each `{name}` in it. Numbers are formatted with the locale's digits. */
export type ValuesOf<K extends StringKey> = [NamesOf<K>] extends [never] ? readonly [] : readonly [values: Readonly<Record<NamesOf<K>, string | number>>];

/** Keys that are said without values: labels of actions, reasons, names of rooms. */
export type PlainKey = { [K in StringKey]: ValuesOf<K> extends readonly [] ? K : never }[StringKey];

const messages: Readonly<Record<string, Message>> = en;
const plural = new Intl.PluralRules('en');

/** The words of a key. */
export const t = <K extends StringKey>(key: K, ...values: ValuesOf<K>): string => say(messages[key] ?? key, values[0] ?? {});

/** The words of a key that is put together at run time (`stage.${name}`), or the fallback where the catalogue has none. */
export const tIfAny = (key: string, fallback: string, values: Readonly<Record<string, string | number>> = {}): string => {
  const message = messages[key];
  return message === undefined ? fallback : say(message, values);
};

const say = (message: Message, values: Readonly<Record<string, string | number>>): string => {
  const form = typeof message === 'string' ? message : (message[plural.select(Number(values['count'] ?? 0))] ?? message.other);
  return form.replace(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? count(value) : value;
  });
};

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
/** Grouped with a no-break space, so that a figure never breaks over two lines: 41 207. */
const count = (value: number): string => whole.format(value).replaceAll(',', '\u00A0').replace('-', '\u2212');
