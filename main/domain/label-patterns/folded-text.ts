/** A text as patterns see it, with the places that each of its units has in the text itself. */
export type FoldedText = { readonly text: string; /** Of the character that a unit belongs to. */ readonly starts: Uint32Array; readonly ends: Uint32Array };

/**
 * Composed characters, one blank for any white space, straight apostrophes; small letters where case is ignored.
 *
 * Goes character by character with the marks that stand on it, so that every place can be found again though lengths change.
 */
export const foldText = (text: string, ignoreCase: boolean): FoldedText => {
  let folded = '';
  const [starts, ends]: [number[], number[]] = [[], []];
  for (const { 0: piece, index } of text.matchAll(/\s+|\P{M}\p{M}*|\p{M}+/gsu)) {
    const written = foldPiece(piece, ignoreCase);
    for (let unit = 0; unit < written.length; unit += 1) {
      starts.push(index);
      ends.push(index + piece.length);
    }
    folded += written;
  }
  return { text: folded, starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
};

const foldPiece = (piece: string, ignoreCase: boolean): string => {
  if (piece.trim() === '') return ' ';
  const plain = piece.normalize('NFC').replace(/[’ʼ]/u, "'");
  return ignoreCase ? plain.toLowerCase().replaceAll('ς', 'σ') : plain;
};
