/**
 * Marks in the material, painted by the browser over ranges of plain text (CSS Custom Highlight API).
 *
 * Nothing is put into the text: Arabic joins and Indic clusters stay whole, and copying gives what stands there. How each looks is in `theme/text.css`; each has a
 * line of its own kind beside its colour.
 */
export type HighlightName = 'finding-error' | 'finding-warning' | 'hit' | 'removed' | 'removed-letters' | 'added' | 'added-letters' | 'linked-source' | 'linked-target';

/** Half-open, in UTF-16 units of the text that an element shows. */
export type TextMark = { readonly name: HighlightName; readonly from: number; readonly to: number };

const canPaint = typeof Highlight !== 'undefined' && typeof CSS !== 'undefined' && 'highlights' in CSS;

const highlightOf = (name: HighlightName): Highlight => {
  const known = CSS.highlights.get(name);
  if (known !== undefined) return known;
  const made = new Highlight();
  // An error is painted over a warning, what is found over both.
  made.priority = { 'finding-warning': 0, 'finding-error': 1, removed: 2, added: 2, 'removed-letters': 2, 'added-letters': 2, hit: 3, 'linked-source': 4, 'linked-target': 4 }[name];
  CSS.highlights.set(name, made);
  return made;
};

/** Paints marks in an element; the returned function takes them away. Texts taken out by a diff (`del`) do not count. Without the API nothing is painted. */
export const paint = (root: Element, marks: readonly TextMark[]): (() => void) => {
  if (!canPaint || marks.length === 0) return () => undefined;
  const painted = marks.flatMap(({ name, from, to }) => {
    const range = from < to ? rangeIn(root, from, to) : undefined;
    return range === undefined ? [] : [{ highlight: highlightOf(name), range }];
  });
  for (const { highlight, range } of painted) highlight.add(range);
  return () => { for (const { highlight, range } of painted) highlight.delete(range); };
};

/** A range over the text that an element shows; undefined where it ends before. */
export const rangeIn = (root: Element, from: number, to: number): Range | undefined => {
  const range = document.createRange();
  let at = 0;
  let begun = false;
  for (const node of textNodes(root)) {
    const end = at + node.data.length;
    if (!begun && from < end) { range.setStart(node, from - at); begun = true; }
    if (begun && to <= end) { range.setEnd(node, to - at); return range; }
    at = end;
  }
  return undefined;
};

/** Where in the text of an element a place in one of its nodes stands; undefined where it is not of its text. */
export const offsetIn = (root: Element, node: Node, offset: number): number | undefined => {
  let at = 0;
  for (const each of textNodes(root)) {
    if (each === node) return at + offset;
    at += each.data.length;
  }
  return undefined;
};

const textNodes = function* (root: Element): Generator<globalThis.Text> {
  // A mark inside a word that was taken out is asked for with that word as root.
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => (node instanceof HTMLElement ? (node.tagName === 'DEL' ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP) : NodeFilter.FILTER_ACCEPT));
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) if (node instanceof globalThis.Text) yield node;
};
