import { createLossList, type LossList, type OffsetUnit, type WritableDocument, type WriteLabelOptions, type WrittenLabels } from './label-format.ts';
import { originFor, sameSpans, type LabelledSentence } from './labelled-sentence.ts';
import { textOffsets } from './text-offsets.ts';
import { onWholeCharacters } from './whole-characters.ts';

export const writeJsonl = (document: WritableDocument, options: WriteLabelOptions = {}): WrittenLabels => {
  const kept = document.origin?.format === 'jsonl' ? document.origin : null;
  const unit: OffsetUnit = options.offsets ?? (kept?.style['offsets'] === 'utf-16' || kept?.style['offsets'] === 'utf-8' ? kept.style['offsets'] : 'code-point');
  const field = options.spansField ?? kept?.style['field'] ?? 'label';
  const losses = createLossList();
  const lines = document.sentences.map((sentence, at) => {
    const [before, list, after, shape] = originFor(sentence, 'jsonl')?.parts ?? [];
    const isObject = shape === undefined ? field === 'entities' : shape === 'object';
    if (before === undefined || list === undefined || after === undefined) return newLine(sentence, field, spanList(sentence, at + 1, isObject, unit, losses));
    if (sameSpans(sentence.origin?.spans ?? [], sentence.spans)) return before + list + after;
    const written = spanList(sentence, at + 1, isObject, unit, losses);
    return list === '' ? `${before}${before.trimEnd().endsWith('{') ? '' : ', '}${JSON.stringify(field)}: ${written}${after}` : before + written + after;
  });
  return { files: [{ suffix: '.jsonl', text: lines.map((line, at) => (at < lines.length - 1 && !/[\r\n]$/u.test(line) ? `${line}\n` : line)).join('') + (kept?.tail ?? '') }], losses: losses.losses };
};

const newLine = (sentence: LabelledSentence, field: string, list: string): string =>
  `{${sentence.id === undefined ? '' : `"id": ${nameText(sentence.id)}, `}"text": ${JSON.stringify(sentence.text)}, ${JSON.stringify(field)}: ${list}}\n`;

/** As Python's `json.dumps` would write it. */
const spanList = (sentence: LabelledSentence, place: number, isObject: boolean, unit: OffsetUnit, losses: LossList): string => {
  const offsets = textOffsets(sentence.text, unit);
  if (!isObject && sentence.spans.some(({ score }) => score !== undefined)) losses.add('score', place, 'The scores of the spans are not written; a span of three values has no place for them. Lists named “entities” have one.');
  if (!isObject && sentence.spans.some(({ id }) => id !== undefined)) losses.add('name', place, 'The names of the spans are not written; a span of three values has no place for them.');
  const items = onWholeCharacters(sentence, place, losses).map(({ start, end, label, id, score }) => {
    const [from, to] = [offsets.fromUtf16(start) ?? 0, offsets.fromUtf16(end) ?? 0];
    if (!isObject) return `[${from}, ${to}, ${JSON.stringify(label)}]`;
    return `{${id === undefined ? '' : `"id": ${nameText(id)}, `}"label": ${JSON.stringify(label)}, "start_offset": ${from}, "end_offset": ${to}${score === undefined ? '' : `, "score": ${score}`}}`;
  });
  return `[${items.join(', ')}]`;
};

/** Names are numbers in doccano; others are quoted. */
const nameText = (name: string): string => (/^(?:0|[1-9]\d{0,14})$/u.test(name) ? name : JSON.stringify(name));
