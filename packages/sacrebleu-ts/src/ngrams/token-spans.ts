import { isPythonSpace } from '../text/python-text.ts';

/** Where tokens lie in an array of code units: pairs of start and end, in an array that is kept and grown. */
export class TokenSpans {
  spans = new Int32Array(2048);
  /** Tokens, not numbers. */
  count = 0;

  clear(): void {
    this.count = 0;
  }

  add(start: number, end: number): void {
    const at = 2 * this.count;
    if (at === this.spans.length) this.#grow();
    this.spans[at] = start;
    this.spans[at + 1] = end;
    this.count += 1;
  }

  #grow(): void {
    const grown = new Int32Array(2 * this.spans.length);
    grown.set(this.spans);
    this.spans = grown;
  }
}

/** The tokens between Python whitespace. */
export const splitAtSpaces = (units: Uint16Array, from: number, to: number, spans: TokenSpans): void => {
  let start = from;
  for (let at = from; at < to; at += 1) {
    if (!isPythonSpace(units[at] ?? 0)) continue;
    if (at > start) spans.add(start, at);
    start = at + 1;
  }
  if (to > start) spans.add(start, to);
};
