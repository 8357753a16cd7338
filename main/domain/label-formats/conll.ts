import { cellsOf, findColumns, isBlank, isDocumentStart, rowOf, type ConllColumns, type ConllRow } from './conll-columns.ts';
import { writeConll } from './conll-writer.ts';
import { fileLines, usualLineEnd, type FileLine } from './file-lines.ts';
import { createLossList, type LabelFile, type LabelFormat, type ReadLabelOptions } from './label-format.ts';
import type { LabelledDocument, LabelledSentence, LabelledSpan, TextRange } from './labelled-sentence.ts';
import { readTag, schemeOfTags, spansOfTags, tagsOfSpans, tagText, type Tag } from './tag-schemes.ts';

/** A sentence as it stands in the file. `parts`: the text before each tag, and what follows the last one. */
type RawSentence = { readonly rows: readonly ConllRow[]; readonly tags: readonly Tag[]; readonly parts: readonly string[] };

/**
 * CoNLL: a token and its tag a line, among other columns; an empty line ends a sentence.
 *
 * The text of a sentence is its tokens with one blank between two of them, and none after a token of which another column says `SpaceAfter=No`.
 * Everything but the tags is kept as it is: other columns, comments, `-DOCSTART-`, line ends. The tags are always written anew from the spans.
 */
export const conll: LabelFormat = {
  name: 'conll',
  suffixes: ['.conll', '.iob', '.iob2', '.bio', '.tsv'],
  likeness: ({ text }) => {
    const rows = fileLines(text.slice(0, 20_000)).filter((line) => !isBlank(line) && !isDocumentStart(line) && !line.text.startsWith('#')).slice(0, 100);
    const tagged = rows.filter((line) => cellsOf(line, line.text.includes('\t')).slice(1).some((cell) => readTag(cell.text) !== undefined));
    return rows.length === 0 ? 0 : 0.9 * (tagged.length / rows.length);
  },
  read: ([file], options = {}) => (file === undefined ? { sentences: [], losses: [] } : readConll(file, options)),
  write: writeConll,
};

const readConll = (file: LabelFile, options: ReadLabelOptions): LabelledDocument => {
  const lines = fileLines(file.text);
  const columns = findColumns(file.name, lines, options);
  const { raw, tail } = rawSentences(file.name, lines, columns);
  const scheme = options.scheme ?? schemeOfTags(raw.map(({ tags }) => tags)).scheme;
  const losses = createLossList();
  const sentences = raw.map((sentence, at): LabelledSentence => {
    const { text, tokens } = joinTokens(sentence.rows, columns, options.join ?? 'space');
    const found = spansOfTags(sentence.tags);
    for (const [token, written] of tagsOfSpans(found, tokens.length, scheme).entries()) {
      const read = tagText(sentence.tags[token] ?? null);
      if (read !== written) losses.add('tag-repaired', at + 1, `${read} is not what ${scheme} has here; it is read as ${written} and written so.`, sentence.rows[token]?.line.line);
    }
    const spans = found.map(({ label, from, to }): LabelledSpan => ({ label, start: tokens[from]?.start ?? 0, end: tokens[to - 1]?.end ?? 0 }));
    return { text, spans, tokens, origin: { format: 'conll', text, spans, parts: sentence.parts } };
  });
  const style = { scheme, separator: columns.tab ? '\t' : ' ', lineEnd: usualLineEnd(lines), columns: String(columns.count), token: String(columns.token), tag: String(columns.tag), ...(columns.index === null ? {} : { index: String(columns.index) }) };
  return { sentences, origin: { format: 'conll', style, tail }, losses: losses.losses };
};

const rawSentences = (file: string, lines: readonly FileLine[], columns: ConllColumns): { readonly raw: readonly RawSentence[]; readonly tail: string } => {
  const raw: RawSentence[] = [];
  let [rows, tags, parts]: [ConllRow[], Tag[], string[]] = [[], [], []];
  /** What stands in the file since the last tag. */
  let pending = '';
  const close = (): void => {
    if (rows.length === 0) return;
    raw.push({ rows, tags, parts: [...parts, pending] });
    [rows, tags, parts, pending] = [[], [], [], ''];
  };
  for (const line of lines) {
    if (isBlank(line) || isDocumentStart(line)) close();
    const row = isBlank(line) || isDocumentStart(line) ? null : rowOf(file, line, columns);
    const cell = row?.cells[columns.tag];
    if (row === null || cell === undefined) {
      pending += line.text + line.end;
      continue;
    }
    rows.push(row);
    tags.push(readTag(cell.text) ?? null);
    parts.push(pending + line.text.slice(0, cell.start));
    pending = line.text.slice(cell.start + cell.text.length) + line.end;
  }
  close();
  return { raw, tail: pending };
};

const joinTokens = (rows: readonly ConllRow[], columns: ConllColumns, join: 'space' | 'nothing'): { readonly text: string; readonly tokens: readonly TextRange[] } => {
  let text = '';
  const tokens: TextRange[] = [];
  for (const [at, { cells }] of rows.entries()) {
    const token = cells[columns.token]?.text ?? '';
    tokens.push({ start: text.length, end: text.length + token.length });
    text += token;
    const isLast = at === rows.length - 1;
    if (!isLast && join === 'space' && !cells.some((cell, column) => column !== columns.token && column !== columns.tag && cell.text.split('|').includes('SpaceAfter=No'))) text += ' ';
  }
  return { text, tokens };
};
