import { jsonParts } from './json-line.ts';
import { maskSegments, unmaskSegments, type MaskedText } from './masked-text.ts';
import { protectedSegments, segmentLoss, type Segment } from './protected-segments.ts';

/**
 * How a line is translated so that what is not prose stays byte for byte: kept pieces, and texts with the protected segments in them.
 *
 * A text is first translated whole, its segments masked. Where the model loses one, what stands between them is translated piece by piece ({@link piecesOfText}).
 */
export type LinePlan = { readonly parts: readonly LinePart[]; /** How many segments of the line are protected, JSON keys counted. */ readonly segments: number };
export type LinePart = { readonly kept: string } | PlannedText;
export type PlannedText = { readonly text: string; readonly segments: readonly Segment[]; readonly masked: MaskedText; /** The value of a JSON string: written with quotes and escapes. */ readonly json: boolean };

/** Plans line after line of one file; lines between fences of code (``` or ~~~) are kept. */
export const createLinePlanner = (protect: boolean): ((line: string) => LinePlan) => {
  let fence: string | null = null;
  return (line) => {
    if (!protect) return { parts: [plannedText(line, [], false)], segments: 0 };
    const mark = /^\s*(`{3,}|~{3,})/u.exec(line)?.[1] ?? null;
    const open = fence;
    if (mark !== null && (open === null || (mark.startsWith(open) && line.trim() === mark))) fence = open === null ? mark : null;
    if (open !== null || mark !== null) return { parts: [{ kept: line }], segments: 1 };
    return planLine(line);
  };
};

const planLine = (line: string): LinePlan => {
  const json = jsonParts(line);
  if (json === null) return { parts: textParts(line, false), segments: protectedSegments(line).length };
  const keys = json.filter((part) => 'literal' in part && part.literal.startsWith('"')).length;
  const values = json.flatMap((part) => ('value' in part ? [part.value] : []));
  return {
    parts: json.flatMap((part) => ('literal' in part ? [{ kept: part.literal }] : textParts(part.value, true))),
    segments: keys + values.reduce((sum, value) => sum + protectedSegments(value).length, 0),
  };
};

/** One text with the spaces around it kept, or what is kept whole because there is nothing to translate in it. */
const textParts = (text: string, json: boolean): readonly LinePart[] => {
  const segments = protectedSegments(text);
  if (!hasWords(outside(text, segments))) return [{ kept: json ? JSON.stringify(text) : text }];
  if (json) return [plannedText(text, segments, true)];
  const inner = text.trim();
  const start = text.indexOf(inner);
  return [{ kept: text.slice(0, start) }, plannedText(inner, protectedSegments(inner), false), { kept: text.slice(start + inner.length) }].filter((part) => !('kept' in part) || part.kept !== '');
};

const plannedText = (text: string, segments: readonly Segment[], json: boolean): PlannedText => ({ text, segments, json, masked: maskSegments(text, segments) });

const hasWords = (text: string): boolean => /\p{L}/u.test(text);

/** The text without its segments. */
const outside = (text: string, segments: readonly Segment[]): string => segments.reduce((rest, { from, to }) => rest.slice(0, from) + ' '.repeat(to - from) + rest.slice(to), text);

/** A translation of the masked text with the segments back in it; null where one was lost, doubled, or a tag out of its order. */
export const restored = ({ masked, segments }: PlannedText, translation: string): string | null => {
  if (segments.length === 0) return translation;
  const text = unmaskSegments(translation, masked);
  return segmentLoss(segments, text).length === 0 ? text : null;
};

/** Segments and what stands between them, which is translated alone; what has no words is kept, spaces at the edges too. */
export const piecesOfText = ({ text, segments }: PlannedText): readonly ({ readonly kept: string } | { readonly prose: string })[] => {
  let end = 0;
  const between = (from: number, to: number): readonly ({ readonly kept: string } | { readonly prose: string })[] => {
    const piece = text.slice(from, to);
    const prose = piece.trim();
    if (!hasWords(prose)) return [{ kept: piece }];
    const start = piece.indexOf(prose);
    return [{ kept: piece.slice(0, start) }, { prose }, { kept: piece.slice(start + prose.length) }];
  };
  const pieces = segments.flatMap((segment) => {
    const before = between(end, segment.from);
    end = segment.to;
    return [...before, { kept: segment.text }];
  });
  return [...pieces, ...between(end, text.length)].filter((piece) => !('kept' in piece) || piece.kept !== '');
};
