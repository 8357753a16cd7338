import { Failure } from '../../contract/errors.ts';
import type { BulkAction } from '../../contract/review-bulk.ts';
import { createEdgeTest, expressionOf } from '../text/text-matcher.ts';
import { graphemeEdge } from './cut-and-join.ts';

export type Replacement = Omit<Extract<BulkAction, { readonly kind: 'replace' }>, 'kind' | 'side'>;
export type Replaced = { readonly text: string; readonly places: number };

/**
 * Replaces all places of a text or an expression, by the rules of ECMAScript: `with` may name groups ($1, $<name>, $&) where an expression is sought.
 *
 * A place whose edge is not one of a word (`wholeWord`) or lies inside a grapheme (`wholeGraphemes`) is passed over.
 *
 * @throws Failure `bad-input` where there is nothing to look for, or the expression is none.
 */
export const createReplace = ({ find, with: template, regex, matchCase, wholeWord, wholeGraphemes }: Replacement, language: string): ((text: string) => Replaced) => {
  if (find === '') throw new Failure('bad-input', 'There is nothing to look for.', { hint: 'Write what is to be replaced.' });
  const expression = expressionOf(regex ? find : escaped(find), matchCase, 'g');
  const isWordEdge = wholeWord ? createEdgeTest(language) : () => true;
  const isEdge = (text: string, at: number): boolean => isWordEdge(text, at) && (!wholeGraphemes || graphemeEdge(text, at) === at);
  const expand = regex ? createTemplate(template, groupCount(expression)) : () => template;
  return (text) => {
    let places = 0;
    const replaced = text.replace(expression, (found: string, ...rest: readonly unknown[]) => {
      const match = matchOf(found, rest, text);
      if (!isEdge(text, match.at) || !isEdge(text, match.at + found.length)) return found;
      places += 1;
      return expand(match);
    });
    return { text: replaced, places };
  };
};

type Match = { readonly found: string; readonly at: number; readonly text: string; readonly groups: readonly (string | undefined)[]; readonly named: Readonly<Record<string, string | undefined>> };

/** What `String.prototype.replace` tells: groups, offset, whole text, named groups where the expression has some. */
const matchOf = (found: string, rest: readonly unknown[], text: string): Match => {
  const place = rest.findIndex((value) => typeof value === 'number');
  const named = rest[place + 2];
  return {
    found, text, at: Number(rest[place]),
    groups: rest.slice(0, place).map((group) => (typeof group === 'string' ? group : undefined)),
    named: typeof named === 'object' && named !== null ? named as Match['named'] : {},
  };
};

const groupCount = (expression: RegExp): number => (new RegExp(`${expression.source}|`, expression.flags).exec('')?.length ?? 1) - 1;

/** ECMAScript's GetSubstitution (section 22.1.3.19.1), read once and filled in for each match. */
const createTemplate = (template: string, groups: number): ((match: Match) => string) => {
  const parts = Array.from(template.matchAll(/\$(?:(\$)|(&)|(`)|(')|(\d{1,2})|<([^>]*)>)|[^$]+|\$/gu), ([whole, dollar, all, before, after, digits, name]): ((match: Match) => string) => {
    if (dollar !== undefined) return () => '$';
    if (all !== undefined) return ({ found }) => found;
    if (before !== undefined) return ({ text, at }) => text.slice(0, at);
    if (after !== undefined) return ({ text, at, found }) => text.slice(at + found.length);
    if (name !== undefined) return ({ named }) => named[name] ?? '';
    if (digits === undefined) return () => whole;
    // $12 is the twelfth group where there is one, else the first and a 2.
    const length = Number(digits) <= groups ? digits.length : 1;
    const number = Number(digits.slice(0, length));
    if (number === 0 || number > groups) return () => whole;
    return (match) => (match.groups[number - 1] ?? '') + digits.slice(length);
  });
  return (match) => parts.map((part) => part(match)).join('');
};

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, (sign) => (sign === '-' ? '\\x2d' : `\\${sign}`));
