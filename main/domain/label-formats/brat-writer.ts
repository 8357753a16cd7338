import { readTextBound, referencesOf } from './brat-lines.ts';
import { fileLines, type FileLine } from './file-lines.ts';
import { createLossList, type LossList, type OffsetUnit, type WritableDocument, type WriteLabelOptions, type WrittenLabels } from './label-format.ts';
import { originFor, type LabelledSpan } from './labelled-sentence.ts';
import { textOffsets, type TextOffsets } from './text-offsets.ts';
import { onWholeCharacters } from './whole-characters.ts';

/** A span in the whole text: UTF-16 units. */
type PlacedSpan = Pick<LabelledSpan, 'label' | 'start' | 'end'> & { readonly id: string | undefined };

/** Lines of the `.ann` file that still hold are copied; those of spans that went, and what refers to them, are left out. */
export const writeBrat = (document: WritableDocument, options: WriteLabelOptions = {}): WrittenLabels => {
  const kept = document.origin?.format === 'brat' ? document.origin : null;
  const losses = createLossList();
  const { text, placed } = textOf(document, kept?.style['lineEnd'] ?? '\n', kept?.style['bom'] ?? '', losses);
  const unit = options.offsets ?? offsetUnit(kept?.style['offsets']);
  const offsets = textOffsets(text, unit);
  const lines = fileLines(kept?.tail ?? '');
  const known = new Map(placed.flatMap((span) => (span.id === undefined ? [] : [[span.id, span] as const])));
  const { copied, left } = copiedLines(lines, known, text, offsets, losses);
  let next = lines.reduce((highest, line) => Math.max(highest, Number(/^T(\d+)\t/u.exec(line.text)?.[1] ?? 0)), 0);
  const fresh = placed.filter((span) => span.id === undefined || left.has(span.id));
  const lineEnd = lines[0]?.end ?? '';
  const added = fresh.map((span) => {
    const id = span.id !== undefined && /^T\d+$/u.test(span.id) && !isTaken(lines, span.id) ? span.id : `T${(next += 1)}`;
    return boundLine(id, span, text, offsets) + (lineEnd === '' ? '\n' : lineEnd);
  });
  const before = copied !== '' && added.length > 0 && !copied.endsWith('\n') ? `${copied}\n` : copied;
  return { files: [{ suffix: '.txt', text }, { suffix: '.ann', text: before + added.join('') }], losses: losses.losses };
};

const offsetUnit = (text: string | undefined): OffsetUnit => (text === 'utf-16' || text === 'utf-8' ? text : 'code-point');
const isTaken = (lines: readonly FileLine[], id: string): boolean => lines.some((line) => line.text.startsWith(`${id}\t`));

/** The text of all sentences, a line each, and their spans in it. Names that come twice count for the first. */
const textOf = (document: WritableDocument, lineEnd: string, bom: string, losses: LossList): { readonly text: string; readonly placed: readonly PlacedSpan[] } => {
  const placed: PlacedSpan[] = [];
  const names = new Set<string>();
  let text = bom;
  for (const [at, sentence] of document.sentences.entries()) {
    const words = sentence.text.replaceAll(/[\r\n]/gu, ' ');
    if (words !== sentence.text) losses.add('characters', at + 1, 'The text contains a line end, and a sentence is one line; a blank was written for it.');
    if (sentence.spans.some(({ score }) => score !== undefined)) losses.add('score', at + 1, 'The scores of the spans are not written; brat has no place for them.');
    for (const span of onWholeCharacters(sentence, at + 1, losses)) {
      if (span.end <= span.start) {
        losses.add('empty-span', at + 1, `${span.label} at character ${span.start + 1} covers no text, which brat does not allow.`);
        continue;
      }
      const label = span.label.trim().replaceAll(/\s+/gu, '_') || '_';
      if (label !== span.label) losses.add('label', at + 1, `The label “${span.label}” was written as “${label}”; brat's labels have no blanks.`);
      const id = span.id === undefined || names.has(span.id) ? undefined : span.id;
      if (id !== undefined) names.add(id);
      placed.push({ label, id, start: text.length + span.start, end: text.length + span.end });
    }
    text += words;
    const isLast = at === document.sentences.length - 1;
    const own = originFor(sentence, 'brat')?.parts[0];
    text += own === undefined || (own === '' && !isLast) ? lineEnd : own;
  }
  return { text, placed };
};

type Copied = { readonly copied: string; /** Names of spans that found no line of their own. */ readonly left: ReadonlySet<string> };

const copiedLines = (lines: readonly FileLine[], known: ReadonlyMap<string, PlacedSpan>, text: string, offsets: TextOffsets, losses: LossList): Copied => {
  const left = new Set(known.keys());
  const gone = new Set<string>();
  const written = lines.map((line): string | null => {
    const bound = readTextBound('brat', line);
    if (bound === null) return line.text + line.end;
    const span = known.get(bound.id);
    if (span === undefined) {
      // What no sentence could hold is copied where its words still stand at its offsets.
      if (isHeldElsewhere(bound.fragments, bound.words, text, offsets)) return line.text + line.end;
      gone.add(bound.id);
      return null;
    }
    left.delete(bound.id);
    return boundLine(bound.id, span, text, offsets) + line.end;
  });
  // Relations may refer to events, and events to spans that went: until nothing more goes.
  for (let before = -1; before !== gone.size;) {
    before = gone.size;
    for (const [at, line] of lines.entries()) {
      if (written[at] === null || !referencesOf(line.text).some((name) => gone.has(name))) continue;
      written[at] = null;
      gone.add(line.text.split('\t')[0] ?? '');
      losses.add('relation', null, `“${line.text.slice(0, 60)}” refers to a span that is no more, and was left out.`);
    }
  }
  return { copied: written.join(''), left };
};

const isHeldElsewhere = (fragments: readonly (readonly [number, number])[], words: string, text: string, offsets: TextOffsets): boolean => {
  const isOddity = fragments.length > 1 || /[\r\n]/u.test(text.slice(offsets.toUtf16(fragments[0]?.[0] ?? 0) ?? 0, offsets.toUtf16(fragments[0]?.[1] ?? 0) ?? 0));
  const found = fragments.map(([start, end]) => text.slice(offsets.toUtf16(start) ?? 0, offsets.toUtf16(end) ?? 0)).join(' ').replaceAll(/[\r\n]/gu, ' ');
  return isOddity && found === words.replaceAll(/[\r\n]/gu, ' ');
};

const boundLine = (id: string, span: PlacedSpan, text: string, offsets: TextOffsets): string =>
  `${id}\t${span.label} ${offsets.fromUtf16(span.start) ?? 0} ${offsets.fromUtf16(span.end) ?? 0}\t${text.slice(span.start, span.end)}`;
