import { ByteTrie } from './byte-trie.ts';
import type { Piece } from './model.ts';
import { lengthOfPoint } from './utf8.ts';

/** What an unknown character costs beyond the least likely piece. */
const unknownPenalty = 10;
const largestFloat = Math.fround(3.4028234663852886e38);
const smallestFloat = Math.fround(1.1754943508222875e-38);

/** Where the pieces of a text end, and whether each is known. */
export type Cut = { readonly end: number; readonly known: boolean };

/**
 * The most likely way to cut a text, by the Viterbi algorithm over byte positions.
 *
 * sentencepiece (unigram_model.cc, EncodeOptimized) keeps sums in single precision but compares before rounding; ties go to the earlier path.
 * T. Kudo, "Subword regularization", 2018.
 */
export class UnigramCutter {
  readonly #trie: ByteTrie;
  readonly #scores: Float64Array;
  readonly #unknownScore: number;

  /** `trie` numbers the pieces that text can match; those that are never to be used have left it. */
  constructor(pieces: readonly Piece[], trie: ByteTrie, lengths: Uint32Array) {
    this.#trie = trie;
    const normal = pieces.filter(({ type }) => type === 'normal');
    const least = normal.reduce((score, piece) => Math.min(score, piece.score), largestFloat);
    const most = normal.reduce((score, piece) => Math.max(score, piece.score), smallestFloat);
    this.#unknownScore = Math.fround(least - unknownPenalty);
    this.#scores = Float64Array.from(pieces, ({ score, type }, index) => (type === 'user-defined' ? Math.fround((lengths[index] ?? 0) * most) - 0.1 : score));
  }

  cut(text: Uint8Array): Cut[] {
    const best = new Float32Array(text.length + 1);
    const from = new Int32Array(text.length + 1).fill(-1);
    const known = new Uint8Array(text.length + 1);
    const offer = (start: number, end: number, score: number, isKnown: 0 | 1): void => {
      if (from[end] !== -1 && !(score > (best[end] ?? 0))) return;
      best[end] = score;
      from[end] = start;
      known[end] = isKnown;
    };
    for (let start = 0; start < text.length; ) {
      const here = best[start] ?? 0;
      const next = Math.min(text.length, start + lengthOfPoint(text[start] ?? 0));
      let single = false;
      let node: number = ByteTrie.root;
      for (let at = start; at < text.length; at += 1) {
        node = this.#trie.child(node, text[at] ?? 0);
        if (node === -1) break;
        const piece = this.#trie.value(node);
        if (piece === -1) continue;
        offer(start, at + 1, (this.#scores[piece] ?? 0) + here, 1);
        if (at + 1 === next) single = true;
      }
      if (!single) offer(start, next, Math.fround(this.#unknownScore + here), 0);
      start = next;
    }
    const cuts: Cut[] = [];
    for (let end = text.length; end > 0; end = from[end] ?? 0) cuts.push({ end, known: known[end] === 1 });
    return cuts.reverse();
  }
}
