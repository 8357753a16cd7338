import { knownFailure } from '../../contract/known-failures.ts';
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
  if (find === '') throw knownFailure('nothing-to-find');
  const isWordEdge = wholeWord ? createEdgeTest(language) : null;
  const isEdge = (text: string, at: number): boolean => (isWordEdge === null || isWordEdge(text, at)) && (!wholeGraphemes || isGraphemeEdge(text, at));
  const isPassedOver = isWordEdge === null && !wholeGraphemes ? null : (text: string, at: number, end: number): boolean => !isEdge(text, at) || !isEdge(text, end);
  return !regex && matchCase ? replacePlain(find, template, isPassedOver) : replaceExpression(expressionOf(regex ? find : escaped(find), matchCase, 'g'), regex ? template : null, template, isPassedOver);
};

/** Nothing below U+0300 joins what stands before it but a line feed; the runtime's segmenter, which knows the others, is a hundred times slower. */
const isGraphemeEdge = (text: string, at: number): boolean => {
  const right = text.charCodeAt(at);
  const isPlain = right !== lineFeed && right < 0x300 && text.charCodeAt(at - 1) < 0x300;
  return at <= 0 || at >= text.length || isPlain || graphemeEdge(text, at) === at;
};
const lineFeed = 10;

/** Whether a place that was found is not one, by where it begins and ends; null: all are. */
type IsPassedOver = ((text: string, at: number, end: number) => boolean) | null;

const replacePlain = (find: string, by: string, isPassedOver: IsPassedOver) => (text: string): Replaced => {
  let [places, from, replaced] = [0, 0, ''];
  for (let at = text.indexOf(find); at >= 0; at = text.indexOf(find, at + find.length)) {
    if (isPassedOver !== null && isPassedOver(text, at, at + find.length)) continue;
    places += 1;
    replaced += text.slice(from, at) + by;
    from = at + find.length;
  }
  return { text: places === 0 ? text : replaced + text.slice(from), places };
};

/** `template` null: `plain` stands for itself. */
const replaceExpression = (expression: RegExp, template: string | null, plain: string, isPassedOver: IsPassedOver) => {
  const groups = groupCount(expression);
  const expand = template === null ? () => plain : createTemplate(template, groups);
  return (text: string): Replaced => {
    let places = 0;
    // What `String.prototype.replace` tells: groups, offset, whole text, named groups where the expression has some.
    const replaced = text.replace(expression, (found: string, ...rest: readonly unknown[]) => {
      const at = Number(rest[groups]);
      if (isPassedOver !== null && isPassedOver(text, at, at + found.length)) return found;
      places += 1;
      return expand({ found, at, text, rest });
    });
    return { text: replaced, places };
  };
};

type Match = { readonly found: string; readonly at: number; readonly text: string; readonly rest: readonly unknown[] };

const groupOf = ({ rest }: Match, number: number): string => { const group = rest[number - 1]; return typeof group === 'string' ? group : ''; };
const namedOf = ({ rest }: Match, groups: number, name: string): string => {
  const named = rest[groups + 2];
  const group: unknown = typeof named === 'object' && named !== null ? Reflect.get(named, name) : undefined;
  return typeof group === 'string' ? group : '';
};

const groupCount = (expression: RegExp): number => (new RegExp(`${expression.source}|`, expression.flags).exec('')?.length ?? 1) - 1;

/** ECMAScript's GetSubstitution (section 22.1.3.19.1), read once and filled in for each match. */
const createTemplate = (template: string, groups: number): ((match: Match) => string) => {
  const parts = Array.from(template.matchAll(/\$(?:(\$)|(&)|(`)|(')|(\d{1,2})|<([^>]*)>)|[^$]+|\$/gu), ([whole, dollar, all, before, after, digits, name]): ((match: Match) => string) => {
    if (dollar !== undefined) return () => '$';
    if (all !== undefined) return ({ found }) => found;
    if (before !== undefined) return ({ text, at }) => text.slice(0, at);
    if (after !== undefined) return ({ text, at, found }) => text.slice(at + found.length);
    if (name !== undefined) return (match) => namedOf(match, groups, name);
    if (digits === undefined) return () => whole;
    // $12 is the twelfth group where there is one, else the first and a 2.
    const length = Number(digits) <= groups ? digits.length : 1;
    const number = Number(digits.slice(0, length));
    if (number === 0 || number > groups) return () => whole;
    const rest = digits.slice(length);
    return (match) => groupOf(match, number) + rest;
  });
  return (match) => parts.map((part) => part(match)).join('');
};

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, (sign) => (sign === '-' ? '\\x2d' : `\\${sign}`));
