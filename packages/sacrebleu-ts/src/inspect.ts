import { SacrebleuError, type Place } from './errors.ts';
import type { Segment } from './metric.ts';
import { fromReferenceStreams } from './segments.ts';
import { codePointLength, hasLoneSurrogate, pyRstrip, pyStrip } from './text/python-text.ts';

/** What can be wrong with a set of segments before anybody scores it. */
export const findingKinds = [
  'unequal-lengths', 'transposed-references', 'split-references', 'no-reference', 'lone-surrogate',
  'tokenised-hypotheses', 'tokenised-references', 'empty-hypotheses', 'empty-references', 'copied-hypotheses', 'identical-to-reference',
  'carriage-return', 'newline', 'byte-order-mark', 'nul', 'duplicate-segments', 'duplicate-hypotheses',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export type Finding = {
  readonly kind: FindingKind;
  /** How many texts are concerned; segments for the kinds that speak of segments. */
  readonly count: number;
  /** The first few of them. Empty where the finding is about the whole set. */
  readonly places: readonly Place[];
  readonly message: string;
};

export type InspectOptions = {
  /** What was translated, one line a segment: without it copied sources cannot be found. */
  readonly sources?: readonly string[];
  /** Places to name for each finding; 5 unless told. */
  readonly places?: number;
};

/** Checks segments for what makes scores meaningless or surprising, and changes nothing. An empty list: nothing was found. */
export const inspect = (segments: readonly Segment[], { sources, places = 5 }: InspectOptions = {}): Finding[] => {
  const findings = [...transposedSegments(segments), ...duplicates(segments, places)];
  for (const check of textChecks) {
    const found = collect(segments, (segment, at) => check.find(segment, sources?.[at] ?? null), places);
    if (found.count >= (check.enough?.(segments.length) ?? 1)) findings.push({ kind: check.kind, ...found, message: check.message(found.count) });
  }
  return inOrder(findings);
};

/** The same for references that come as streams, `streams[k][i]` being reference k of segment i; lengths are checked first, and where they are wrong nothing else can be. */
export const inspectReferenceStreams = (hypotheses: readonly string[], streams: readonly (readonly (string | null)[])[], options: InspectOptions = {}): Finding[] => {
  const transposed = streams.length === hypotheses.length && streams.some((stream) => stream.length !== hypotheses.length);
  try {
    return inspect(fromReferenceStreams(hypotheses, streams), options);
  } catch (error) {
    if (!(error instanceof SacrebleuError)) throw error;
    if (error.code === 'no-reference') return [{ kind: 'no-reference', count: hypotheses.length, places: [], message: error.message }];
    if (!transposed) return [{ kind: 'unequal-lengths', count: streams.filter((stream) => stream.length !== hypotheses.length).length, places: [], message: error.message }];
    return [{ kind: 'transposed-references', count: streams.length, places: [], message: `There are as many reference streams as hypotheses, ${streams.length}: the references seem to be grouped by segment. Give them as segments.` }];
  }
};

type TextCheck = {
  readonly kind: FindingKind;
  /** The texts of a segment concerned: null for the hypothesis, else the reference's index. */
  find(segment: Segment, source: string | null): readonly (number | null)[];
  /** From how many on it is worth saying, of so many segments; from the first on unless told. */
  enough?(segments: number): number;
  message(count: number): string;
};

const inHypothesis = (test: (text: string) => boolean): TextCheck['find'] => ({ hypothesis }) => (test(hypothesis) ? [null] : []);
const inReferences = (test: (text: string) => boolean): TextCheck['find'] => ({ references }) =>
  references.flatMap((reference, index) => (reference !== null && test(reference) ? [index] : []));
const inAnyText = (test: (text: string) => boolean): TextCheck['find'] => (segment) => [...inHypothesis(test)(segment, null), ...inReferences(test)(segment, null)];
const isBlank = (text: string): boolean => pyStrip(text) === '';

/** Spaced punctuation, Moses' escapes and subword marks. sacreBLEU looks for a spaced full stop at the end only. */
const looksTokenised = (text: string): boolean => / [.。]$/.test(pyRstrip(text)) || / (?:,|'s|n't) |@-@|&(?:apos|quot|amp|lt|gt|#9[13]);|@@(?: |$)|\u2581/.test(text);

/** sacreBLEU warns from 100 lines on. A tenth of a smaller set says as much. */
const manyOf = (segments: number): number => Math.min(100, Math.max(2, Math.ceil(segments / 10)));

const textChecks: readonly TextCheck[] = [
  {
    kind: 'no-reference',
    find: ({ references }) => (references.every((reference) => reference === null) ? [null] : []),
    message: (count) => `${count} segments have no reference at all and cannot be scored.`,
  },
  {
    kind: 'split-references',
    find: ({ references, hypothesis }) => (areSingleCharacters(references) && codePointLength(hypothesis) > 3 ? [0] : []),
    message: (count) => `${count} segments have references of one character each: a text was given where a list of texts belongs.`,
  },
  { kind: 'lone-surrogate', find: inAnyText(hasLoneSurrogate), message: (count) => `${count} texts are damaged: half of a surrogate pair is no character.` },
  {
    kind: 'tokenised-hypotheses',
    find: inHypothesis(looksTokenised),
    enough: manyOf,
    message: (count) => `${count} hypotheses look tokenised. Published scores are of plain text: undo the tokenisation first.`,
  },
  {
    kind: 'tokenised-references',
    find: inReferences(looksTokenised),
    enough: manyOf,
    message: (count) => `${count} references look tokenised. Published scores are of plain text: use the references as released.`,
  },
  { kind: 'empty-hypotheses', find: inHypothesis(isBlank), message: (count) => `${count} hypotheses are empty.` },
  {
    kind: 'empty-references',
    find: inReferences(isBlank),
    message: (count) => `${count} references are empty. They count as references of no words; use null where one is missing.`,
  },
  {
    kind: 'copied-hypotheses',
    find: ({ hypothesis }, source) => (source !== null && !isBlank(source) && pyStrip(source) === pyStrip(hypothesis) ? [null] : []),
    message: (count) => `${count} hypotheses are copies of their source.`,
  },
  {
    kind: 'identical-to-reference',
    find: ({ hypothesis, references }) => references.flatMap((reference, index) => (reference !== null && !isBlank(reference) && pyStrip(reference) === pyStrip(hypothesis) ? [index] : [])),
    message: (count) => `${count} references are identical to their hypothesis. Among many segments a few are normal; all of them means the same file was given twice.`,
  },
  { kind: 'carriage-return', find: inAnyText((text) => text.includes('\r')), message: (count) => `${count} texts hold a carriage return, usually from Windows line ends.` },
  { kind: 'newline', find: inAnyText((text) => text.includes('\n')), message: (count) => `${count} texts hold a line break; in a file they would be several lines.` },
  { kind: 'byte-order-mark', find: inAnyText((text) => text.includes('\uFEFF')), message: (count) => `${count} texts hold a byte order mark, which counts as a character.` },
  { kind: 'nul', find: inAnyText((text) => text.includes('\0')), message: (count) => `${count} texts hold a NUL character.` },
];

const areSingleCharacters = (references: readonly (string | null)[]): boolean => references.length > 2 && references.every((reference) => reference !== null && codePointLength(reference) <= 1);

const collect = (segments: readonly Segment[], find: (segment: Segment, at: number) => readonly (number | null)[], most: number): { readonly count: number; readonly places: readonly Place[] } => {
  const places: Place[] = [];
  let count = 0;
  segments.forEach((segment, at) => {
    const found = find(segment, at);
    count += found.length;
    for (const reference of found) if (places.length < most) places.push({ segment: at, reference });
  });
  return { count, places };
};

/** Segments seen before, and hypotheses seen before with other references: the latter is what a stuck system writes. */
const duplicates = (segments: readonly Segment[], most: number): Finding[] => {
  const known = new Map<string, Set<string>>();
  const again: number[] = [];
  const stuck: number[] = [];
  segments.forEach(({ hypothesis, references }, at) => {
    if (isBlank(hypothesis)) return;
    const key = JSON.stringify(references);
    const seen = known.get(hypothesis);
    if (seen === undefined) known.set(hypothesis, new Set([key]));
    else if (seen.has(key)) again.push(at);
    else {
      stuck.push(at);
      seen.add(key);
    }
  });
  const finding = (kind: FindingKind, found: readonly number[], message: string): Finding[] =>
    found.length === 0 ? [] : [{ kind, count: found.length, places: found.slice(0, most).map((segment) => ({ segment, reference: null })), message: `${found.length} ${message}` }];
  return [
    ...finding('duplicate-segments', again, 'segments are repetitions of an earlier one, references and all; each counts again.'),
    ...finding('duplicate-hypotheses', stuck, 'hypotheses repeat an earlier one although their references differ.'),
  ];
};

/** As many references a segment as segments, and the texts of column i fit hypothesis i better than those of row i. */
const transposedSegments = (segments: readonly Segment[]): Finding[] => {
  const size = segments.length;
  if (size < 2 || segments.some(({ references }) => references.length !== size)) return [];
  let asGiven = 0;
  let turned = 0;
  segments.slice(0, 20).forEach(({ hypothesis, references }, at) => {
    asGiven += Math.max(...references.map((reference) => likeness(hypothesis, reference)));
    turned += Math.max(...segments.map((other) => likeness(hypothesis, other.references[at] ?? null)));
  });
  if (turned <= asGiven) return [];
  return [{ kind: 'transposed-references', count: size, places: [], message: `Each of the ${size} segments has ${size} references, and they fit better with rows and columns exchanged: the references seem to be grouped by stream.` }];
};

/** Shared characters over all characters of both, counting each as often as it stands: 1 for texts of the same characters. */
const likeness = (text: string, other: string | null): number => {
  if (other === null || text.length + other.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let shared = 0;
  for (const character of other) {
    const left = counts.get(character) ?? 0;
    if (left > 0) shared += 1;
    counts.set(character, left - 1);
  }
  return (2 * shared) / (codePointLength(text) + codePointLength(other));
};

const inOrder = (findings: readonly Finding[]): Finding[] => findings.toSorted((left, right) => findingKinds.indexOf(left.kind) - findingKinds.indexOf(right.kind));
