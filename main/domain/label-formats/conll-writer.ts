import { createLossList, type LossList, type WritableDocument, type WriteLabelOptions, type WrittenLabels } from './label-format.ts';
import { originFor, type LabelledSentence, type SentenceOrigin, type TextRange } from './labelled-sentence.ts';
import { spansOnTokens } from './spans-on-tokens.ts';
import { tagSchemes, tagsOfSpans, type TagScheme } from './tag-schemes.ts';
import { tokensOfText } from './tokens-of-text.ts';

/** How rows that are new are written. Columns that nothing is known of hold `_`. */
type RowStyle = { readonly scheme: TagScheme; readonly separator: string; readonly lineEnd: string; readonly columns: number; readonly token: number; readonly tag: number; readonly index: number | null; readonly space: number | null; readonly language: string };

export const writeConll = (document: WritableDocument, options: WriteLabelOptions = {}): WrittenLabels => {
  const style = styleOf(document, options);
  const losses = createLossList();
  const pieces: string[] = [];
  for (const [at, sentence] of document.sentences.entries()) {
    const origin = originFor(sentence, 'conll');
    const written = origin !== null && sentence.tokens !== undefined && origin.parts.length === sentence.tokens.length + 1
      ? withNewTags(origin, sentence, sentence.tokens, at + 1, style, losses)
      : newRows(sentence, at + 1, style, losses);
    if (written !== '') pieces.push(gapBefore(written, pieces.at(-1), style.lineEnd), written);
  }
  const tail = document.origin?.format === 'conll' ? document.origin.tail : '';
  return { files: [{ suffix: '.conll', text: pieces.join('') + tail }], losses: losses.losses };
};

const styleOf = (document: WritableDocument, options: WriteLabelOptions): RowStyle => {
  const kept = document.origin?.format === 'conll' ? document.origin.style : null;
  const space = kept === null && options.spaceColumn === true ? 2 : null;
  return {
    scheme: options.scheme ?? tagSchemes.find((scheme) => scheme === kept?.['scheme']) ?? 'IOB2',
    separator: kept?.['separator'] ?? '\t',
    lineEnd: kept?.['lineEnd'] ?? '\n',
    columns: Number(kept?.['columns'] ?? (space === null ? 2 : 3)),
    token: Number(kept?.['token'] ?? 0),
    tag: Number(kept?.['tag'] ?? 1),
    index: kept?.['index'] === undefined ? null : Number(kept['index']),
    space,
    language: options.language ?? 'und',
  };
};

const withNewTags = (origin: SentenceOrigin, sentence: LabelledSentence, tokens: readonly TextRange[], place: number, style: RowStyle, losses: LossList): string => {
  const tags = tagsOf(sentence, tokens, place, style, losses);
  return tags.reduce((text, tag, at) => text + tag + (origin.parts[at + 1] ?? ''), origin.parts[0] ?? '');
};

const newRows = (sentence: LabelledSentence, place: number, style: RowStyle, losses: LossList): string => {
  const tokens = sentence.tokens ?? tokensOfText(sentence.text, sentence.spans, style.language);
  if (tokens.length === 0) {
    losses.add('empty-sentence', place, 'The sentence has no token, and CoNLL has no empty sentences; those after it move up by one.');
    return '';
  }
  const tags = tagsOf(sentence, tokens, place, style, losses);
  let [joined, changed] = ['', false];
  const rows = tokens.map((token, at) => {
    const text = sentence.text.slice(token.start, token.end);
    const cell = asCell(text, style.separator);
    changed ||= cell !== text;
    const next = tokens[at + 1];
    const isApart = next === undefined || next.start > token.end;
    joined += cell + (next === undefined || (style.space !== null && !isApart) ? '' : ' ');
    return Array.from({ length: style.columns }, (_, column) => (column === style.token ? cell : column === style.tag ? (tags[at] ?? 'O') : column === style.index ? String(at + 1) : column === style.space && !isApart ? 'SpaceAfter=No' : '_')).join(style.separator) + style.lineEnd;
  });
  if (changed) losses.add('characters', place, `A token contains white space that would end its cell; “_” or a blank was written for it.`);
  else if (joined !== sentence.text) losses.add('spacing', place, `Tokens with one blank between them do not give the text again${style.space === null ? '; a column with SpaceAfter=No would keep where there is none' : ''}.`);
  return rows.join('');
};

const tagsOf = (sentence: LabelledSentence, tokens: readonly TextRange[], place: number, style: RowStyle, losses: LossList): string[] => {
  const spans = spansOnTokens(sentence, tokens, place, losses).map((span) => ({ ...span, label: asLabel(span.label, place, style.separator, losses) }));
  if (sentence.spans.some(({ score }) => score !== undefined)) losses.add('score', place, 'The scores of the spans are not written; tags have no place for them.');
  return tagsOfSpans(spans, tokens.length, style.scheme);
};

const asLabel = (label: string, place: number, separator: string, losses: LossList): string => {
  const cell = asCell(label.trim(), separator) || '_';
  if (cell !== label) losses.add('label', place, `The label “${label}” was written as “${cell}”, which fits a cell.`);
  return cell;
};

/** What cannot stand in a cell: the separator, and line ends. */
const asCell = (text: string, separator: string): string => (separator === '\t' ? text.replace(/\r\n|[\t\r\n]/gu, ' ') : text.replace(/\s+/gu, '_'));

/** What must stand between two sentences so that an empty line parts them. */
const gapBefore = (written: string, before: string | undefined, lineEnd: string): string => {
  if (before === undefined || /^(?:[ \t]*|-DOCSTART-[^\r\n]*)\r?\n/u.test(written)) return '';
  return /[\r\n]$/u.test(before.slice(-1)) ? lineEnd : lineEnd + lineEnd;
};
