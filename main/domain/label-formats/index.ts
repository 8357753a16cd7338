import { Failure } from '../../contract/errors.ts';
import { brat } from './brat.ts';
import { conll } from './conll.ts';
import { jsonl } from './jsonl.ts';
import type { LabelFile, LabelFormat } from './label-format.ts';
import type { LabelFormatName } from './labelled-sentence.ts';
import { tmx } from './tmx.ts';
import { xmlLines } from './xml-lines.ts';

/** Every format of labelled text. To add one: write `LabelFormat`, list it here, and let the tests of `round-trip.test.ts` have it. */
const labelFormats: readonly LabelFormat[] = [conll, jsonl, brat, xmlLines, tmx];

export const labelFormat = (name: LabelFormatName): LabelFormat => {
  const found = labelFormats.find((format) => format.name === name);
  if (found === undefined) throw new Failure('bad-input', `There is no label format called “${name}”.`, { hint: `Known are ${labelFormats.map((format) => format.name).join(', ')}.` });
  return found;
};

/**
 * What format a file has, by its content; the ending of its name decides between two that look alike. Of brat's two files the `.ann` is enough.
 *
 * @throws Failure `malformed-input` where it looks like none
 */
export const detectLabelFormat = (...files: readonly LabelFile[]): LabelFormat => {
  const ranked = files
    .flatMap((file) => labelFormats.map((format) => ({ format, likeness: format.likeness(file) + (format.suffixes.some((suffix) => file.name.toLowerCase().endsWith(suffix)) ? 0.1 : 0) })))
    .sort((left, right) => right.likeness - left.likeness);
  const [best] = ranked;
  if (best === undefined || best.likeness < 0.5) {
    throw new Failure('malformed-input', `“${files[0]?.name ?? ''}” looks like none of the label formats.`, { detail: 'Nothing was read.', hint: `Say which it is: ${labelFormats.map((format) => format.name).join(', ')}.` });
  }
  return best.format;
};

export type { LabelFile, LabelFormat, ReadLabelOptions, WriteLabelOptions, WrittenLabels } from './label-format.ts';
export type { LabelFormatName, LabelledDocument, LabelledSentence, LabelledSpan, LabelLoss, TextRange } from './labelled-sentence.ts';
export { labelFormatNames } from './labelled-sentence.ts';
