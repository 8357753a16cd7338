import { describe, expect, it } from 'vitest';
import { type FindingKind, inspect, inspectReferenceStreams } from './inspect.ts';
import type { Segment } from './metric.ts';

const pair = (hypothesis: string, ...references: readonly (string | null)[]): Segment => ({ hypothesis, references });
const kinds = (segments: readonly Segment[]): readonly FindingKind[] => inspect(segments).map((finding) => finding.kind);

describe('inspect', () => {
  it('finds nothing in plain segments of several scripts', () => {
    expect(inspect([pair('The ferry is late.', 'The ferry was late.'), pair('Паром опаздывает.', 'Паром опоздал.', null), pair('渡船晚点了。', '渡轮晚到了。')])).toEqual([]);
  });

  it('counts every text and names the first few places', () => {
    const segments = Array.from({ length: 9 }, (_, at) => pair(at % 2 === 0 ? '' : `line ${at}`, `reference ${at}`));
    const [finding] = inspect(segments, { places: 2 });
    expect(finding).toMatchObject({ kind: 'empty-hypotheses', count: 5, places: [{ segment: 0, reference: null }, { segment: 2, reference: null }] });
  });

  it('tells a reference from the hypothesis in its places', () => {
    expect(inspect([pair('one', 'two', 'three\r'), pair('\uFEFFfour', 'fi\0ve')])).toMatchObject([
      { kind: 'carriage-return', count: 1, places: [{ segment: 0, reference: 1 }] },
      { kind: 'byte-order-mark', count: 1, places: [{ segment: 1, reference: null }] },
      { kind: 'nul', count: 1, places: [{ segment: 1, reference: 0 }] },
    ]);
  });

  it('sees empty and missing references as two things', () => {
    expect(kinds([pair('a b', '   '), pair('c d', null)])).toEqual(['no-reference', 'empty-references']);
  });

  it('sees damage and line breaks', () => {
    expect(kinds([pair('half \ud83d', 'whole 😀'), pair('two\nlines', 'one')])).toEqual(['lone-surrogate', 'newline']);
  });

  it('sees a hypothesis that is its reference, blanks at the ends aside', () => {
    expect(inspect([pair('same text ', 'other', 'same text')])).toMatchObject([{ kind: 'identical-to-reference', count: 1, places: [{ segment: 0, reference: 1 }] }]);
  });

  it('sees copied sources only where it has the sources', () => {
    const segments = [pair('Der Hafen.', 'The harbour.'), pair('The boat.', 'A boat.')];
    expect(kinds(segments)).toEqual([]);
    expect(inspect(segments, { sources: ['Der Hafen.', 'Das Boot.'] })).toMatchObject([{ kind: 'copied-hypotheses', count: 1, places: [{ segment: 0, reference: null }] }]);
  });

  it('tells repeated segments from a system that repeats itself', () => {
    expect(inspect([pair('x y', 'a'), pair('x y', 'a'), pair('x y', 'b'), pair('', 'c'), pair('', 'c')]).filter((finding) => finding.kind.startsWith('duplicate'))).toMatchObject([
      { kind: 'duplicate-segments', count: 1, places: [{ segment: 1, reference: null }] },
      { kind: 'duplicate-hypotheses', count: 1, places: [{ segment: 2, reference: null }] },
    ]);
  });

  it('speaks of tokenised text when there is enough of it, and not because of one line', () => {
    const plain = Array.from({ length: 30 }, (_, at) => pair(`Line ${at} is plain.`, `Reference ${at} is plain.`));
    const tokenised = Array.from({ length: 5 }, (_, at) => pair(`Line ${at} , it 's tokenised .`, `Ref@@ erence ${at}`));
    expect(kinds([...plain, pair('One , here .', 'x')])).toEqual([]);
    expect(inspect([...plain, ...tokenised])).toMatchObject([{ kind: 'tokenised-hypotheses', count: 5 }, { kind: 'tokenised-references', count: 5 }]);
  });

  it('sees references grouped by stream where segments belong', () => {
    const hypotheses = ['The ferry is late today.', 'Nobody knows why.', 'We wait at the pier.'];
    const bySegment = [['The ferry was late.', 'Late is the ferry.', 'A late ferry today.'], ['No one knows why.', 'Why, nobody knows.', 'Who knows why?'], ['We wait on the pier.', 'At the pier we wait.', 'Waiting at the pier.']];
    const turned = hypotheses.map((_, at) => bySegment.map((row) => row[at] ?? null));
    const segments = (references: readonly (readonly (string | null)[])[]): readonly Segment[] => hypotheses.map((hypothesis, at) => pair(hypothesis, ...(references[at] ?? [])));
    expect(kinds(segments(bySegment))).toEqual([]);
    expect(kinds(segments(turned))).toEqual(['transposed-references']);
  });

  it('sees a text that was taken for a list of texts', () => {
    expect(kinds([pair('The ferry is late.', ...'It is late.')])).toContain('split-references');
  });
});

describe('inspectReferenceStreams', () => {
  it('inspects the segments when the lengths fit', () => {
    expect(inspectReferenceStreams(['a b', ''], [['a c', 'd']])).toMatchObject([{ kind: 'empty-hypotheses' }]);
  });

  it('gives both counts where a stream has another length', () => {
    const [finding] = inspectReferenceStreams(['a', 'b', 'c'], [['a', 'b', 'c'], ['a', 'b']]);
    expect(finding).toMatchObject({ kind: 'unequal-lengths', count: 1 });
    expect(finding?.message).toContain('3 hypotheses but 2 lines');
  });

  it('sees references grouped by segment', () => {
    expect(inspectReferenceStreams(['a', 'b', 'c'], [['a', 'x'], ['b', 'y'], ['c', 'z']])).toMatchObject([{ kind: 'transposed-references', count: 3 }]);
  });

  it('sees that there is no stream', () => {
    expect(inspectReferenceStreams(['a'], [])).toMatchObject([{ kind: 'no-reference', count: 1 }]);
  });
});
