import { tmxWriter } from '../formats/tmx-writer.ts';
import { xmlAttribute, type XmlCount } from '../formats/xml-text.ts';
import { inlineMarkup, type Mark } from './inline-markup.ts';
import { createLossList, type LossList, type WritableDocument, type WriteLabelOptions, type WrittenLabels } from './label-format.ts';
import { originFor, sameSpans, type LabelledSentence } from './labelled-sentence.ts';

/** New spans are `<hi type="LABEL">`; codes that were in the file stand where they stood. */
export const writeTmx = (document: WritableDocument, options: WriteLabelOptions = {}): WrittenLabels => {
  const losses = createLossList();
  const kept = document.origin?.format === 'tmx' ? document.origin : null;
  if (kept === null || document.sentences.some((sentence) => originFor(sentence, 'tmx') === null)) {
    if (kept !== null) losses.add('layout', null, 'Sentences were added or changed, and the file was written anew: other languages, properties and notes are not in it.');
    return { files: [{ suffix: '.tmx', text: newFile(document, options, losses) }], losses: losses.losses };
  }
  const text = document.sentences.map((sentence, at) => {
    const [before = '', inner = ''] = sentence.origin?.parts ?? [];
    return before + (sameSpans(sentence.origin?.spans ?? [], sentence.spans) ? inner : segment(sentence, at + 1, losses));
  });
  return { files: [{ suffix: '.tmx', text: text.join('') + kept.tail }], losses: losses.losses };
};

const segment = (sentence: LabelledSentence, place: number, losses: LossList): string => {
  const origin = originFor(sentence, 'tmx');
  const count: XmlCount = { replaced: 0 };
  if (sentence.spans.some(({ score }) => score !== undefined)) losses.add('score', place, 'The scores of the spans are not written; TMX has no place for them.');
  const marks = sentence.spans.flatMap((span): Mark[] => {
    const known = origin?.spans.findIndex((one) => one.label === span.label && one.start === span.start && one.end === span.end && one.id === span.id) ?? -1;
    const [open, close] = [origin?.parts[2 + 2 * known], origin?.parts[3 + 2 * known]];
    if (known >= 0 && open !== undefined && close !== undefined) return [{ span, open, close }];
    if (span.end > span.start) return [{ span, open: `<hi type="${xmlAttribute(span.label, count)}">`, close: '</hi>' }];
    losses.add('empty-span', place, `${span.label} at character ${span.start + 1} covers no text and was not written.`);
    return [];
  });
  return inlineMarkup(sentence.text, marks, place, losses);
};

const newFile = (document: WritableDocument, options: WriteLabelOptions, losses: LossList): string => {
  const language = options.language ?? document.origin?.style['language'] ?? 'und';
  const count: XmlCount = { replaced: 0 };
  const writer = tmxWriter({ sourceLanguage: language, targetLanguage: language, columns: [], tool: options.tool ?? { name: 'dragoman', version: '0' } });
  const units = document.sentences.map((sentence, at) =>
    `    <tu tuid="${xmlAttribute(sentence.id ?? String(at + 1), count)}">\n      <tuv xml:lang="${xmlAttribute(language, count)}"><seg>${segment(sentence, at + 1, losses)}</seg></tuv>\n    </tu>\n`);
  return [...writer.head(), ...units, ...writer.tail()].join('');
};
