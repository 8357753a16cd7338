import { oneSided, nothingFound, unanswered, type PairCheck, type Piece } from './found.ts';
import { placeholdersOf } from './markup.ts';

/** Placeholders and escapes that stand on one side only. A translation may put them in another order, and number them for that. */
export const makePlaceholders = (): PairCheck => (source, target) => {
  if (!mayHave(source) && !mayHave(target)) return nothingFound;
  const open = unanswered(keyed(placeholdersOf(source)), keyed(placeholdersOf(target)), ({ key }) => key);
  return oneSided(open.source, open.target);
};

const mayHave = (text: string): boolean => text.includes('%') || text.includes('{') || text.includes('\\');

type Keyed = Piece & { readonly key: string };

/** printf's unnumbered arguments count from 1, so that `%s %d` may become `%2$d %1$s`; widths and flags are the translator's. */
const keyed = (pieces: readonly Piece[]): Keyed[] => {
  let next = 1;
  return pieces.map((piece) => {
    const printf = /^%(?:(\d+)\$)?(\([A-Za-z_]\w*\))?.*?([a-zA-Z@])$/u.exec(piece.text);
    if (printf === null || piece.text.endsWith('%')) return { ...piece, key: piece.text.replace(/\s/gu, '') };
    const [, number, name, kind = ''] = printf;
    return { ...piece, key: `%${name ?? number ?? String(next++)}${kind}` };
  });
};
