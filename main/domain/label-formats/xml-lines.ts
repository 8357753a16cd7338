import { byteOrderMark, fileLines, usualLineEnd, type FileLine } from './file-lines.ts';
import { inlineMarkup, type Mark } from './inline-markup.ts';
import { createLossList, malformed, type LabelFile, type LabelFormat, type LossList, type WritableDocument, type WrittenLabels } from './label-format.ts';
import { bySpanOrder, originFor, sameSpans, type LabelledDocument, type LabelledSentence } from './labelled-sentence.ts';
import { parseXml } from './xml-events.ts';

/**
 * A sentence a line with tags for spans: `<PER>Anna</PER> lives in <ORG>the <LOC>Berlin</LOC> Zoo</ORG>.`
 *
 * The name of the element is the label, & and < are written as entities, spans may nest. A line whose spans stay as they were is written as it was;
 * in others the tags of spans that are still there are kept with their attributes.
 */
export const xmlLines: LabelFormat = {
  name: 'xml',
  suffixes: ['.xml', '.tagged', '.txt'],
  likeness: ({ text }) => {
    if (/^\uFEFF?\s*(?:<\?xml|<!DOCTYPE|<tmx)/u.test(text)) return 0;
    const lines = fileLines(text.slice(0, 20_000));
    const open = lines.filter((line) => /<([\p{L}_][\p{L}\p{N}_.:-]*)[^<>]*>[^\n]*<\/\1>/u.test(line.text)).length;
    return open === 0 ? 0 : 0.6 + 0.4 * (open / lines.length);
  },
  read: ([file]) => (file === undefined ? { sentences: [], losses: [] } : readXml(file)),
  write: (document) => writeXml(document),
};

const readXml = (file: LabelFile): LabelledDocument => {
  const lines = fileLines(file.text);
  if (/^\uFEFF?\s*<(?:\?xml|!DOCTYPE)/u.test(file.text)) throw malformed({ file: file.name, line: 1, column: 1 }, 'this is a whole XML document, and tagged text has one sentence a line.', 'Write the sentences out, one a line, with the tags of their spans only; a TMX file is read as TMX.');
  const losses = createLossList();
  const sentences = lines.map((line, at) => readLine(file.name, line, at + 1, losses));
  return { sentences, origin: { format: 'xml', style: { lineEnd: usualLineEnd(lines) }, tail: '' }, losses: losses.losses };
};

/** `parts` of the origin: what stands before the line (a byte order mark), the line, its end, and the tags of each span. */
const readLine = (file: string, line: FileLine, at: number, losses: LossList): LabelledSentence => {
  const raw = line.text.replace(byteOrderMark, '');
  const bom = line.text.slice(0, line.text.length - raw.length);
  const open: { readonly label: string; readonly start: number; readonly tag: string }[] = [];
  const marks: Mark[] = [];
  let text = '';
  parseXml(raw, true, (offset) => ({ file, line: line.line, column: [...raw.slice(0, offset)].length + 1 }), {
    open: ({ name, attributes, start, end }) => {
      open.push({ label: name, start: text.length, tag: raw.slice(start, end) });
      if (Object.keys(attributes).length > 0) losses.add('attribute', at, `The attributes of <${name}> stay with their tag and are not read.`, line.line);
    },
    close: ({ start, end }) => {
      const opened = open.pop();
      if (opened === undefined) return;
      if (opened.start === text.length) losses.add('empty-span', at, `<${opened.label}> at character ${text.length + 1} encloses no text.`, line.line);
      else marks.push({ span: { label: opened.label, start: opened.start, end: text.length }, open: opened.tag, close: raw.slice(start, end) });
    },
    text: (found) => { text += found; },
    other: () => { losses.add('layout', at, 'A comment, an instruction or a CDATA section is kept only while the spans of its line stay as they are.', line.line); },
  });
  const ordered = marks.toReversed().sort((left, right) => bySpanOrder(left.span, right.span));
  const spans = ordered.map(({ span }) => span);
  return { text, spans, origin: { format: 'xml', text, spans, parts: [bom, raw, line.end, ...ordered.flatMap((mark) => [mark.open, mark.close])] } };
};

const writeXml = (document: WritableDocument): WrittenLabels => {
  const lineEnd = document.origin?.format === 'xml' ? (document.origin.style['lineEnd'] ?? '\n') : '\n';
  const losses = createLossList();
  const lines = document.sentences.map((sentence, at) => {
    const origin = originFor(sentence, 'xml');
    const [bom = '', raw = '', end = lineEnd, ...tags] = origin?.parts ?? [];
    if (origin !== null && sameSpans(origin.spans, sentence.spans)) return bom + raw + (end === '' && at < document.sentences.length - 1 ? lineEnd : end);
    if (sentence.spans.some(({ score }) => score !== undefined)) losses.add('score', at + 1, 'The scores of the spans are not written; tags have no place for them.');
    const marks = sentence.spans.flatMap((span): Mark[] => {
      if (span.end <= span.start) {
        losses.add('empty-span', at + 1, `${span.label} at character ${span.start + 1} covers no text and was not written.`);
        return [];
      }
      const known = origin?.spans.findIndex((one) => one.label === span.label && one.start === span.start && one.end === span.end) ?? -1;
      const name = elementName(span.label, at + 1, losses);
      return [{ span, open: tags[2 * known] ?? `<${name}>`, close: tags[2 * known + 1] ?? `</${name}>` }];
    });
    return bom + inlineMarkup(sentence.text, marks, at + 1, losses) + (end === '' && at < document.sentences.length - 1 ? lineEnd : end);
  });
  return { files: [{ suffix: '.xml', text: lines.join('') }], losses: losses.losses };
};

/** XML names begin with a letter or `_`, and have letters, digits, marks, `.`, `-` and `_` (production 5, without colons). */
const elementName = (label: string, place: number, losses: LossList): string => {
  const inner = label.replaceAll(/[^\p{L}\p{N}\p{Mn}\p{Mc}_.-]/gu, '_');
  const name = /^[\p{L}_]/u.test(inner) ? inner : `_${inner}`;
  if (name !== label) losses.add('label', place, `The label “${label}” was written as <${name}>; names of tags are letters, digits, “_”, “-” and “.”.`);
  return name;
};
