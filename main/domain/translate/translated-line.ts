/** Translations as lines of a file. */

export type RankedText = { readonly text: string; readonly score: number };

/** What a model writes, as part of one line: it may write line ends and TABs, which would make two lines or cells of one. */
export const oneLine = (text: string): string => text.replace(/[\r\n\t]+/gu, ' ').trim();

export const nbestHeader = 'line\trank\tscore\ttext\n';

/** The best translation as a line; nothing where there is none. */
export const bestLine = (ranked: readonly RankedText[]): string => `${ranked[0]?.text ?? ''}\n`;

/** `line rank score text`, rank from 1; an empty line has one row without a score, so that every line of the source can be found. A TAB of the source becomes a space. */
export const nbestRows = (line: number, ranked: readonly RankedText[]): string =>
  (ranked.length === 0 ? `${line}\t1\t\t\n` : ranked.map(({ text, score }, at) => `${line}\t${at + 1}\t${score.toFixed(6)}\t${text.replaceAll('\t', ' ')}\n`).join(''));
