import { wrongCall } from './failure.ts';

/** How many arguments an option takes, and of what kind. `texts` takes all that follow, up to the next option. */
export type OptionKind = 'flag' | 'text' | 'integer' | 'number' | 'texts';

export type Option = {
  /** All spellings: `--tokenize`, `-tok`. The first one names the value. */
  readonly names: readonly [string, ...string[]];
  readonly kind: OptionKind;
  readonly choices?: readonly string[];
  /** For `texts`: one at least. */
  readonly needsOne?: boolean;
  readonly help: string;
};

export type Value = true | string | number | readonly string[];

/** `values` by the option's first name. */
export type Arguments = { readonly values: ReadonlyMap<string, Value>; readonly positional: readonly string[] };

/** An argument as argparse sees it: an option with what is attached to it, or a plain word. */
type OptionToken = { readonly option: Option; readonly name: string; readonly attached: string | null };
type Token = OptionToken | { readonly word: string };

/**
 * Reads a command line as Python's argparse does.
 *
 * That is: single-dash names of several letters (`-tok`), options that take all words up to the next option, unambiguous beginnings of names (`--metric`),
 * attached values (`--width=2`, `-w2`), joined flags (`-qb`), and positional words in one place only.
 */
export const readArguments = (argv: readonly string[], options: readonly Option[]): Arguments => {
  const named = new Map(options.flatMap((option) => option.names.map((name) => [name, option] as const)));
  const dashes = argv.indexOf('--');
  const before = (dashes < 0 ? argv : argv.slice(0, dashes)).map((text) => classify(text, named));
  const after = dashes < 0 ? [] : argv.slice(dashes + 1);
  const values = new Map<string, Value>();
  const positional: string[][] = [];
  let afterOption = true;
  let at = 0;
  const words = (most: number): string[] => {
    const found: string[] = [];
    for (let token = before[at]; found.length < most && token !== undefined && 'word' in token; token = before[at]) {
      found.push(token.word);
      at += 1;
    }
    return found;
  };
  while (at < before.length) {
    const token = before[at];
    if (token === undefined || 'word' in token) {
      positional.push(words(Infinity));
      afterOption = false;
      continue;
    }
    at += 1;
    afterOption = true;
    if (token.attached !== null && token.option.kind === 'flag') setJoinedFlags(token.name, token.attached, named, values);
    const most = { flag: 0, text: 1, integer: 1, number: 1, texts: Infinity }[token.option.kind];
    values.set(token.option.names[0], valueOf(token.option, token.attached === null ? words(most) : [token.attached]));
  }
  if (after.length > 0 && afterOption) positional.push(after);
  else positional.at(-1)?.push(...after);
  const [first = [], ...others] = positional;
  if (others.length > 0) throw wrongCall(`unrecognized arguments: ${others.flat().join(' ')}`);
  return { values, positional: first };
};

const valueOf = (option: Option, words: readonly string[]): Value => {
  if (option.kind === 'flag') return true;
  if (option.kind === 'texts') {
    if (option.needsOne === true && words.length === 0) throw wrongCall(`argument ${option.names.join('/')}: expected at least one argument`);
    return words.map((text) => chosen(option, text));
  }
  const [text] = words;
  if (text === undefined) throw wrongCall(`argument ${option.names.join('/')}: expected one argument`);
  return option.kind === 'text' ? chosen(option, text) : numberFrom(option, text);
};

/** `-qb` is `-q -b`; anything else attached to a flag is a mistake. */
const setJoinedFlags = (name: string, attached: string, named: ReadonlyMap<string, Option>, values: Map<string, Value>): void => {
  for (const letter of attached) {
    const option = name.startsWith('--') ? undefined : named.get(`-${letter}`);
    if (option?.kind !== 'flag') throw wrongCall(`argument ${name}: ignored explicit argument '${attached}'`);
    values.set(option.names[0], true);
  }
};

const chosen = (option: Option, text: string): string => {
  if (option.choices === undefined || option.choices.includes(text)) return text;
  throw wrongCall(`argument ${option.names.join('/')}: invalid choice: '${text}' (choose from ${option.choices.join(', ')})`);
};

const numberFrom = (option: Option, text: string): number => {
  const pattern = option.kind === 'integer' ? /^\s*[+-]?\d+(?:_\d+)*\s*$/ : /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;
  if (pattern.test(text)) return Number(text.replaceAll('_', ''));
  throw wrongCall(`argument ${option.names.join('/')}: invalid ${option.kind} value: '${text}'`);
};

const classify = (text: string, named: ReadonlyMap<string, Option>): Token => {
  if (!text.startsWith('-') || text === '-') return { word: text };
  const exact = named.get(text);
  if (exact !== undefined) return { option: exact, name: text, attached: null };
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const attached = equals < 0 ? null : text.slice(equals + 1);
  const option = named.get(name);
  if (option !== undefined) return { option, name, attached };
  const found = text.startsWith('--') ? beginnings(name, attached, named) : [...attachedToShort(text, named), ...beginnings(text, null, named)];
  if (found.length > 1) throw wrongCall(`ambiguous option: ${text} could match ${found.map((token) => token.name).join(', ')}`);
  const [only] = found;
  if (only !== undefined) return only;
  if (/^-\d+$|^-\d*\.\d+$/.test(text) || text.includes(' ')) return { word: text };
  throw wrongCall(`unrecognized arguments: ${text}`);
};

const beginnings = (beginning: string, attached: string | null, named: ReadonlyMap<string, Option>): readonly OptionToken[] =>
  [...named].filter(([name]) => name.startsWith(beginning)).map(([name, option]) => ({ option, name, attached }));

/** `-w2` is `-w 2`. */
const attachedToShort = (text: string, named: ReadonlyMap<string, Option>): readonly OptionToken[] => {
  const name = text.slice(0, 2);
  const option = named.get(name);
  return option === undefined ? [] : [{ option, name, attached: text.slice(2) }];
};
