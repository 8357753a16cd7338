import { type Place, SacrebleuError } from './errors.ts';
import type { Segment } from './metric.ts';
import { hasLoneSurrogate } from './text/python-text.ts';

/**
 * Segments from references given as streams, the way sacreBLEU's own interface takes them: `streams[k][i]` is reference k of segment i.
 *
 * Passing the two levels the wrong way round is the commonest mistake with sacreBLEU, where surplus lines are dropped silently. Here it is this
 * function's name, and every stream must be as long as the hypotheses. null is a missing reference.
 *
 * @throws SacrebleuError `unequal-lengths` with both counts, `no-reference` without any stream.
 */
export const fromReferenceStreams = (hypotheses: readonly string[], streams: readonly (readonly (string | null)[])[]): Segment[] => {
  if (streams.length === 0) throw new SacrebleuError('no-reference', 'There is no reference stream. Give at least one, a list with one line a hypothesis.');
  streams.forEach((stream, index) => {
    if (typeof stream === 'string') throw new SacrebleuError('unequal-lengths', `Reference stream ${index + 1} is a single string. A stream is a list with one line a hypothesis.`);
    if (stream.length === hypotheses.length) return;
    throw new SacrebleuError('unequal-lengths', `There are ${hypotheses.length} hypotheses but ${stream.length} lines in reference stream ${index + 1} of ${streams.length}. `
      + 'A stream holds one line a hypothesis; references grouped by segment go into the list of segments as they are.');
  });
  return hypotheses.map((hypothesis, index) => ({ hypothesis, references: streams.map((stream) => stream[index] ?? null) }));
};

/** The references of a segment that are there. */
export const presentReferences = (segment: Segment): readonly string[] => segment.references.filter((reference) => reference !== null);

/** What a signature says of references: the count that all segments share, else `var`. */
export const referenceCount = (segments: readonly Segment[]): number | 'var' => {
  const counts = new Set(segments.map((segment) => presentReferences(segment).length));
  const [count] = counts;
  return counts.size === 1 && count !== undefined ? count : 'var';
};

/**
 * Refuses what no metric can score; every metric's `extract` asks first.
 *
 * @throws SacrebleuError `empty-corpus`, `no-reference` or `lone-surrogate`, the latter two with every place.
 */
export const checkSegments = (segments: readonly Segment[]): void => {
  if (segments.length === 0) throw new SacrebleuError('empty-corpus', 'There is no segment to score.');
  const bare = placesWhere(segments, (segment) => (segment.references.some((reference) => reference !== null) ? [] : [null]));
  if (bare.length > 0) throw new SacrebleuError('no-reference', `${segmentsAre(bare)} without any reference. Give each at least one, or leave the segment out.`, bare);
  const broken = placesWhere(segments, brokenTexts);
  if (broken.length > 0) throw new SacrebleuError('lone-surrogate', `${segmentsAre(broken)} damaged: half of a surrogate pair is no character, and no UTF-8 file can hold it.`, broken);
};

const brokenTexts = ({ hypothesis, references }: Segment): readonly (number | null)[] => {
  const broken: (number | null)[] = hasLoneSurrogate(hypothesis) ? [null] : [];
  for (let index = 0; index < references.length; index += 1) {
    const reference = references[index] ?? null;
    if (reference !== null && hasLoneSurrogate(reference)) broken.push(index);
  }
  return broken;
};

const placesWhere = (segments: readonly Segment[], find: (segment: Segment) => readonly (number | null)[]): readonly Place[] => {
  const places: Place[] = [];
  segments.forEach((segment, index) => {
    for (const reference of find(segment)) places.push({ segment: index, reference });
  });
  return places;
};

const shown = 5;

/** `Segments 1, 4 and 7 are`: counted from 1, the first few by number. */
const segmentsAre = (places: readonly Place[]): string => {
  const numbers = [...new Set(places.map((place) => place.segment + 1))];
  if (numbers.length === 1) return `Segment ${numbers[0]} is`;
  const named = numbers.slice(0, shown);
  const rest = numbers.length - named.length;
  const last = rest > 0 ? `${rest} more` : String(named.pop());
  return `Segments ${named.join(', ')} and ${last} are`;
};
