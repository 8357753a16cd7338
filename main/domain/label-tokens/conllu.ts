import { fileLines, type FileLine } from '../label-formats/file-lines.ts';
import { malformed, type LabelFile } from '../label-formats/label-format.ts';

/** A sentence as CoNLL-U has it, as far as tags go. */
export type TaggedText = {
  readonly words: readonly string[];
  /** UPOS; null where the file has `_`. */
  readonly tags: readonly (string | null)[];
  /** Whether a blank follows each word. */
  readonly spaceAfter: readonly boolean[];
  /** 0 .. 1, written as `Confidence=0.93`; absent where nobody knows. */
  readonly confidences?: readonly number[];
};

/** Columns of CoNLL-U (universaldependencies.org/format.html). */
const columns = 10;
const [idColumn, formColumn, tagColumn, miscColumn] = [0, 1, 3, 9];

/**
 * Words and universal tags of a CoNLL-U file.
 *
 * Of a word that the file splits (`2-3 zum`, `2 zu`, `3 dem`) the parts are the words; words of the syntax alone (`8.1`) are none.
 *
 * @throws Failure `malformed-input` with line, column and remedy
 */
export const readConllu = (file: LabelFile): TaggedText[] => {
  const sentences: TaggedText[] = [];
  let rows: string[][] = [];
  const close = (): void => {
    if (rows.length > 0) sentences.push(sentenceOf(rows));
    rows = [];
  };
  for (const line of fileLines(file.text)) {
    if (line.text.trim() === '') close();
    else if (!line.text.startsWith('#')) {
      const cells = cellsOf(file.name, line);
      if (/^\d+$/u.test(cells[idColumn] ?? '')) rows.push(cells);
    }
  }
  close();
  return sentences;
};

const cellsOf = (file: string, line: FileLine): string[] => {
  const cells = line.text.split('\t');
  if (cells.length !== columns) throw malformed({ file, line: line.line, column: [...line.text].length + 1 }, `this row has ${cells.length} columns, and CoNLL-U has ${columns}.`, 'Columns have TABs between them, and “_” where there is nothing.');
  if (!/^\d+(?:[-.]\d+)?$/u.test(cells[idColumn] ?? '')) throw malformed({ file, line: line.line, column: 1 }, `“${cells[idColumn] ?? ''}” is no number of a word.`, 'The first column counts the words: 1, 2, 3; a split word has 2-3, an empty one 8.1.');
  return cells;
};

const sentenceOf = (rows: readonly (readonly string[])[]): TaggedText => ({
  words: rows.map((cells) => cells[formColumn] ?? ''),
  tags: rows.map((cells) => (cells[tagColumn] === '_' ? null : (cells[tagColumn] ?? null))),
  spaceAfter: rows.map((cells) => !(cells[miscColumn] ?? '').split('|').includes('SpaceAfter=No')),
});

/** A new CoNLL-U file: words, tags, and what is known of spaces and confidence. */
export const writeConllu = (sentences: readonly TaggedText[]): string => sentences.map((sentence) => `${textLine(sentence)}${sentence.words.map((word, at) => row(sentence, word, at)).join('')}\n`).join('');

const textLine = ({ words, spaceAfter }: TaggedText): string => `# text = ${words.map((word, at) => asCell(word) + (spaceAfter[at] === false || at === words.length - 1 ? '' : ' ')).join('')}\n`;

const row = ({ tags, spaceAfter, confidences }: TaggedText, word: string, at: number): string => {
  const confidence = confidences?.[at];
  const misc = [...(confidence === undefined ? [] : [`Confidence=${confidence.toFixed(2)}`]), ...(spaceAfter[at] === false ? ['SpaceAfter=No'] : [])].join('|');
  return `${[String(at + 1), asCell(word), '_', tags[at] ?? '_', '_', '_', '_', '_', '_', misc === '' ? '_' : misc].join('\t')}\n`;
};

const asCell = (word: string): string => word.replaceAll(/[\t\r\n]/gu, ' ');
