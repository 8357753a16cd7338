import { bySpanOrder, type LabelledSpan } from '../label-formats/labelled-sentence.ts';
import { createEdgeTest, expressionOf } from '../text/text-matcher.ts';
import { foldText } from './folded-text.ts';
import type { LabelPattern } from './pattern-list.ts';

/** A node of the tree of names: what follows by UTF-16 unit, and the names that end here. */
type Node = { readonly next: Map<number, Node>; readonly names: LabelPattern[] };

type Found = { readonly pattern: LabelPattern; readonly start: number; readonly end: number };

/**
 * Finds the patterns in texts of a language.
 *
 * A name begins and ends at the edge of a word (`stem`: begins; `inside`: anywhere). Between two characters of a script that sets no spaces every place
 * is such an edge, for the runtime's dictionaries do not know names. Of patterns that overlap the longer one is taken, of equals the one that begins
 * first, and of those with the same edges the one whose line comes first.
 */
export const createPatternFinder = (patterns: readonly LabelPattern[], language: string): ((text: string) => LabelledSpan[]) => {
  const names = patterns.filter(({ flags }) => !flags.has('regex'));
  const trees = [false, true].map((ignoreCase) => ({ ignoreCase, root: treeOf(names.filter(({ flags }) => flags.has('ignore-case') === ignoreCase), ignoreCase) })).filter(({ root }) => root.next.size > 0);
  const expressions = patterns.filter(({ flags }) => flags.has('regex')).map((pattern) => ({ pattern, expression: expressionOf(pattern.pattern, !pattern.flags.has('ignore-case'), 'g') }));
  const isWordEdge = createEdgeTest(language);
  return (text) => {
    const isEdge = (at: number): boolean => (endsSpaceless.test(text.slice(Math.max(0, at - contextUnits), at)) && startsSpaceless.test(text.slice(at, at + 2))) || isWordEdge(text, at);
    const fits = ({ pattern: { flags }, start, end }: Found): boolean => flags.has('inside') || (isEdge(start) && (flags.has('stem') || isEdge(end)));
    const found = [
      ...trees.flatMap(({ root, ignoreCase }) => namesIn(text, root, ignoreCase)),
      ...expressions.flatMap(({ pattern, expression }) => Array.from(text.matchAll(expression), (match): Found => ({ pattern, start: match.index, end: match.index + match[0].length })).filter(({ start, end }) => end > start)),
    ];
    return longestFirst(found.filter(fits)).map(({ pattern, start, end }): LabelledSpan => ({ label: pattern.label, start, end })).sort(bySpanOrder);
  };
};

const scripts = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}`;
/** Room for a character and the marks on it. */
const contextUnits = 6;
const endsSpaceless = new RegExp(String.raw`[${scripts}]\p{M}*$`, 'u');
/** Not a vowel sign or another mark: those belong to the letter before them. */
const startsSpaceless = new RegExp(String.raw`^(?!\p{M})[${scripts}]`, 'u');

const treeOf = (patterns: readonly LabelPattern[], ignoreCase: boolean): Node => {
  const root: Node = { next: new Map(), names: [] };
  for (const pattern of patterns) {
    let node = root;
    const { text } = foldText(pattern.pattern, ignoreCase);
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      const known = node.next.get(unit) ?? { next: new Map(), names: [] };
      node.next.set(unit, known);
      node = known;
    }
    node.names.push(pattern);
  }
  return root;
};

const namesIn = (text: string, root: Node, ignoreCase: boolean): Found[] => {
  const folded = foldText(text, ignoreCase);
  const found: Found[] = [];
  for (let from = 0; from < folded.text.length; from += 1) {
    // A name begins with a whole character.
    if (from > 0 && folded.starts[from] === folded.starts[from - 1]) continue;
    let node = root.next.get(folded.text.charCodeAt(from));
    for (let at = from; node !== undefined; at += 1, node = node.next.get(folded.text.charCodeAt(at))) {
      // And it ends with one: the next unit is another character's.
      const isWhole = folded.starts[at] !== folded.starts[at + 1];
      if (isWhole) for (const pattern of node.names) found.push({ pattern, start: folded.starts[from] ?? 0, end: folded.ends[at] ?? 0 });
    }
  }
  return found;
};

const longestFirst = (found: readonly Found[]): Found[] => {
  const kept: Found[] = [];
  const order = found.toSorted((left, right) => right.end - right.start - (left.end - left.start) || left.start - right.start || left.pattern.line - right.pattern.line);
  for (const one of order) if (!kept.some(({ start, end }) => one.start < end && start < one.end)) kept.push(one);
  return kept;
};
