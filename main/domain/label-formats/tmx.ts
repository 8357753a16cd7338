import { fileLines, lineAt } from './file-lines.ts';
import { createLossList, malformed, type FilePlace, type LabelFile, type LabelFormat, type LossList, type ReadLabelOptions } from './label-format.ts';
import { bySpanOrder, type LabelledDocument, type LabelledSentence, type LabelledSpan } from './labelled-sentence.ts';
import type { Mark } from './inline-markup.ts';
import { writeTmx } from './tmx-inline-writer.ts';
import { parseXml } from './xml-events.ts';

/** Elements of TMX 1.4b that stand for native codes: their content is code, not text. */
const codes: ReadonlySet<string> = new Set(['bpt', 'ept', 'it', 'ph', 'ut']);

/**
 * One language of a TMX, a sentence a `<seg>`; the inline tags of TMX 1.4b are its spans.
 *
 * `bpt` and `ept` of one `i` are the edges of a span, `hi` is one, `ph`, `it` and `ut` are spans without text where they stand. The label is the tag's `type`,
 * or its name where it has none. Everything else of the file is kept as it is; a segment whose spans stay is written as it was.
 */
export const tmx: LabelFormat = {
  name: 'tmx',
  suffixes: ['.tmx'],
  likeness: ({ text }) => (/^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE tmx[^>]*>\s*)?<tmx\b/u.test(text) ? 1 : 0),
  read: ([file], options = {}) => (file === undefined ? { sentences: [], losses: [] } : readTmx(file, options)),
  write: writeTmx,
};

type Segment = { readonly language: string; readonly unit: string | null; readonly from: number; readonly to: number; readonly text: string; readonly marks: readonly Mark[] };

const readTmx = (file: LabelFile, options: ReadLabelOptions): LabelledDocument => {
  const losses = createLossList();
  const { segments, sourceLanguage } = segmentsOf(file, losses);
  const language = options.language ?? sourceLanguage ?? segments[0]?.language ?? '';
  const wanted = segments.filter((segment) => isLanguage(segment.language, language));
  if (wanted.length === 0 && segments.length > 0) {
    throw malformed({ file: file.name, line: 1, column: 1 }, `there is no segment in “${language}”; the file has ${[...new Set(segments.map((segment) => segment.language))].join(', ')}.`, 'Choose one of these languages.');
  }
  let at = 0;
  const sentences = wanted.map((segment): LabelledSentence => {
    const ordered = segment.marks.toSorted((left, right) => bySpanOrder(left.span, right.span));
    const spans = ordered.map(({ span }) => span);
    const parts = [file.text.slice(at, segment.from), file.text.slice(segment.from, segment.to), ...ordered.flatMap((mark) => [mark.open, mark.close])];
    at = segment.to;
    return { text: segment.text, spans, ...(segment.unit === null ? {} : { id: segment.unit }), origin: { format: 'tmx', text: segment.text, spans, parts } };
  });
  return { sentences, origin: { format: 'tmx', style: { language }, tail: file.text.slice(at) }, losses: losses.losses };
};

/** `de` finds `de-AT`, and case does not matter, as TMX 1.4b asks. */
const isLanguage = (found: string, wanted: string): boolean => {
  const [left, right] = [found.toLowerCase(), wanted.toLowerCase()];
  return left === right || left.startsWith(`${right}-`) || right === '*all*';
};

type Opened = { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly start: number; readonly inText: number };

const segmentsOf = (file: LabelFile, losses: LossList): { readonly segments: readonly Segment[]; readonly sourceLanguage: string | null } => {
  const segments: Segment[] = [];
  const path: Opened[] = [];
  let sourceLanguage: string | null = null;
  let seg: { readonly from: number; text: string; readonly marks: Mark[]; readonly pairs: Map<string, { readonly label: string; readonly start: number; readonly open: string }> } | null = null;
  const place = (offset: number): FilePlace => {
    const lines = fileLines(file.text);
    const line = lines[lineAt(lines, offset)];
    return { file: file.name, line: line?.line ?? 1, column: [...file.text.slice(line?.start ?? 0, offset)].length + 1 };
  };
  const attribute = (name: string, key: string): string | null => path.findLast((element) => element.name === name)?.attributes[key] ?? null;
  const inCode = (): boolean => path.some(({ name }) => codes.has(name));
  parseXml(file.text, false, place, {
    open: ({ name, attributes, start, end }) => {
      path.push({ name, attributes, start, inText: seg?.text.length ?? 0 });
      if (name === 'header') sourceLanguage = attributes['srclang'] ?? null;
      if (name === 'seg') seg = { from: end, text: '', marks: [], pairs: new Map() };
      if (name === 'sub' && seg !== null) losses.add('layout', segments.length + 1, 'The text of a <sub> is kept in its code and is no part of the sentence.');
    },
    close: ({ name, start, end }) => {
      const opened = path.pop();
      if (seg === null || opened === undefined) return;
      if (name === 'seg') {
        for (const { label, start: from } of seg.pairs.values()) losses.add('name', segments.length + 1, `A <bpt> of ${label} at character ${from + 1} has no <ept>; it is kept while the spans of its segment stay.`);
        segments.push({ language: attribute('tuv', 'xml:lang') ?? attribute('tuv', 'lang') ?? '', unit: attribute('tu', 'tuid'), from: seg.from, to: start, text: seg.text, marks: seg.marks });
        seg = null;
      } else if (name === 'hi' && !inCode()) {
        const open = file.text.slice(opened.start, file.text.indexOf('>', opened.start) + 1);
        seg.marks.push({ span: span(opened, seg.text.length), open, close: file.text.slice(start, end) });
      } else if (codes.has(name) && !inCode()) addCode(seg, opened, file.text.slice(opened.start, end), segments.length + 1, losses);
    },
    text: (found) => { if (seg !== null && !inCode()) seg.text += found; },
  });
  return { segments, sourceLanguage };
};

const span = ({ name, attributes, inText }: Opened, end: number): LabelledSpan => ({ label: attributes['type'] ?? name, start: inText, end, ...(attributes['i'] === undefined ? {} : { id: attributes['i'] }) });

type OpenSegment = { readonly text: string; readonly marks: Mark[]; readonly pairs: Map<string, { readonly label: string; readonly start: number; readonly open: string }> };

const addCode = (seg: OpenSegment, opened: Opened, raw: string, place: number, losses: LossList): void => {
  const pair = opened.attributes['i'] ?? '';
  if (opened.name === 'bpt') {
    seg.pairs.set(pair, { label: opened.attributes['type'] ?? 'bpt', start: seg.text.length, open: raw });
    return;
  }
  const begun = opened.name === 'ept' ? seg.pairs.get(pair) : undefined;
  if (begun !== undefined) {
    seg.pairs.delete(pair);
    seg.marks.push({ span: { label: begun.label, start: begun.start, end: seg.text.length, ...(pair === '' ? {} : { id: pair }) }, open: begun.open, close: raw });
  } else if (opened.name === 'ept') losses.add('name', place, `An <ept> at character ${seg.text.length + 1} has no <bpt>; it is kept while the spans of its segment stay.`);
  else seg.marks.push({ span: span(opened, seg.text.length), open: raw, close: '' });
};
