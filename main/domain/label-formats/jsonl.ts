import * as v from 'valibot';
import { byteOrderMark, fileLines, type FileLine } from './file-lines.ts';
import { memberRange } from './json-member.ts';
import { writeJsonl } from './jsonl-writer.ts';
import { createLossList, malformed, type FilePlace, type LabelFile, type LabelFormat, type LossList, type ReadLabelOptions } from './label-format.ts';
import { bySpanOrder, type LabelledDocument, type LabelledSentence, type LabelledSpan } from './labelled-sentence.ts';
import { textOffsets } from './text-offsets.ts';

/** Names of the list of spans, in the order in which they are looked for. */
const spanFields = ['entities', 'label', 'labels'] as const;

const record = v.looseObject({ text: v.string(), id: v.optional(v.union([v.string(), v.number()])) });
const whole = v.pipe(v.number(), v.integer());
const tuple = v.pipe(v.array(v.unknown()), v.minLength(3), v.transform(([start, end, label]) => ({ start, end, label })), v.object({ start: whole, end: whole, label: v.string() }));
const score = v.optional(v.nullable(v.number()));
const name = v.optional(v.union([v.string(), v.number()]));
const objects = v.union([
  v.pipe(v.looseObject({ start_offset: whole, end_offset: whole, label: v.string(), id: name, score }), v.transform((one) => ({ ...one, start: one.start_offset, end: one.end_offset }))),
  v.looseObject({ start: whole, end: whole, label: v.string(), id: name, score }),
]);

/**
 * doccano's JSONL: one object a line with `text` and a list of spans, `[start, end, "LABEL"]` in `label` or `labels`, objects with `start_offset` and `end_offset` in `entities`.
 *
 * Offsets are code points, as Python counts. A line whose spans stay as they were is written as it was; in others only the list is new.
 */
export const jsonl: LabelFormat = {
  name: 'jsonl',
  suffixes: ['.jsonl', '.json', '.ndjson'],
  likeness: ({ text }) => (/^\uFEFF?\s*\{[^\n]*"text"\s*:/u.test(text) ? 1 : 0),
  read: ([file], options = {}) => (file === undefined ? { sentences: [], losses: [] } : readJsonl(file, options)),
  write: writeJsonl,
};

const readJsonl = (file: LabelFile, options: ReadLabelOptions): LabelledDocument => {
  const losses = createLossList();
  const sentences: LabelledSentence[] = [];
  let [pending, field] = ['', ''];
  for (const line of fileLines(file.text)) {
    if (line.text.replace(byteOrderMark, '').trim() === '') {
      pending += line.text + line.end;
      continue;
    }
    const { sentence, found } = readLine(file, line, sentences.length + 1, pending, options, losses);
    sentences.push(sentence);
    field ||= found;
    pending = '';
  }
  return { sentences, origin: { format: 'jsonl', style: { offsets: options.offsets ?? 'code-point', ...(field === '' ? {} : { field }) }, tail: pending }, losses: losses.losses };
};

/** `parts` of the origin: what stands before the list of spans, the list, what stands after it, and `array` or `object`. */
const readLine = (file: LabelFile, line: FileLine, at: number, pending: string, options: ReadLabelOptions, losses: LossList): { readonly sentence: LabelledSentence; readonly found: string } => {
  const raw = line.text.replace(byteOrderMark, '');
  const bom = line.text.slice(0, line.text.length - raw.length);
  const place = (offset: number): FilePlace => ({ file: file.name, line: line.line, column: [...raw.slice(0, offset)].length + 1 });
  const { text, id, ...others } = parsed(raw, place);
  const found = spanFields.find((candidate) => Array.isArray(others[candidate])) ?? '';
  const range = found === '' ? null : memberRange(raw, found);
  const list: readonly unknown[] = found === '' ? [] : v.parse(v.array(v.unknown()), others[found]);
  const offsets = textOffsets(text, options.offsets ?? 'code-point');
  const spans = list.flatMap((item): LabelledSpan[] => {
    const { start: from, end: to, ...rest } = readItem(item, () => place(range?.start ?? 0));
    const [start, end] = [offsets.toUtf16(from), offsets.toUtf16(to)];
    if (start === null || end === null || end < start) {
      throw malformed(place(range?.start ?? 0), `the span ${from} to ${to} (${rest.label}) is not in the text, which has ${[...text].length} characters.`, 'Offsets count code points from 0, the end exclusive; say so when importing if yours count UTF-16 units or bytes.');
    }
    if (start < end) return [{ label: rest.label, start, end, ...(rest.id === undefined ? {} : { id: String(rest.id) }), ...(typeof rest.score === 'number' ? { score: rest.score } : {}) }];
    losses.add('empty-span', at, `${rest.label} at character ${from + 1} covers no text.`, line.line);
    return [];
  }).sort(bySpanOrder);
  if (Array.isArray(others['relations']) && others['relations'].length > 0) losses.add('relation', at, 'The relations between spans stay in their line and are not read.', line.line);
  const shape = list.length > 0 && !Array.isArray(list[0]) ? 'object' : list.length === 0 && found === 'entities' ? 'object' : 'array';
  const parts = range === null ? [pending + bom + raw.slice(0, raw.lastIndexOf('}')), '', raw.slice(raw.lastIndexOf('}')) + line.end, shape] : [pending + bom + raw.slice(0, range.start), raw.slice(range.start, range.end), raw.slice(range.end) + line.end, shape];
  return { sentence: { text, spans, ...(id === undefined ? {} : { id: String(id) }), origin: { format: 'jsonl', text, spans, parts } }, found };
};

type Place = (offset: number) => FilePlace;

const parsed = (raw: string, place: Place): v.InferOutput<typeof record> => {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : '';
    const at = /position (\d+)/u.exec(message)?.[1];
    throw malformed(place(at === undefined ? raw.length : Number(at)), `the line is not whole JSON (${message.replace(/ in JSON at position.*$/su, '')}).`, 'Every line is one object of its own, such as {"text": "Anna", "label": [[0, 4, "PER"]]}.');
  }
  const checked = v.safeParse(record, value);
  if (!checked.success) throw malformed(place(0), 'there is no “text” in this object.', 'Every line needs a field “text”; rename the field that holds the sentence.');
  return checked.output;
};

type Item = { readonly start: number; readonly end: number; readonly label: string; readonly id?: string | number | undefined; readonly score?: number | null | undefined };

const readItem = (item: unknown, place: () => FilePlace): Item => {
  const checked = Array.isArray(item) ? v.safeParse(tuple, item) : v.safeParse(objects, item);
  if (checked.success) return checked.output;
  throw malformed(place(), `${JSON.stringify(item).slice(0, 60)} is no span.`, 'A span is [start, end, "LABEL"], or an object with start_offset, end_offset and label. Labels of whole texts are not read.');
};
