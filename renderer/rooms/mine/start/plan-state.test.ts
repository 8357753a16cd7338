import { expect, test } from 'vitest';
import type { Collection } from '../../../../main/contract/corpora.ts';
import type { Run } from '../../../../main/contract/mine.ts';
import { emptyDraft } from '../state.ts';
import { earlierRuns, filledDraft } from './plan-state.ts';

const collection = (id: number, language: string, part: Partial<Collection> = {}): Collection => ({
  id, name: `crawl-${language}`, kind: 'monolingual', language, targetLanguage: null, state: 'ready', lines: 1, empty: 0, malformed: 0, merged: 0, size: 1, files: [], columns: [], createdAt: 0, ...part,
});

test('the first two collections of different languages are proposed', () => {
  expect(filledDraft(emptyDraft, [collection(1, 'de'), collection(2, 'de'), collection(3, 'en')])).toMatchObject({ source: 1, target: 3 });
});

test('a choice is kept while it is there, and the target is never the source', () => {
  const all = [collection(1, 'de'), collection(2, 'fr'), collection(3, 'en')];
  expect(filledDraft({ ...emptyDraft, source: 2, target: 3 }, all)).toMatchObject({ source: 2, target: 3 });
  expect(filledDraft({ ...emptyDraft, source: 2, target: 2 }, all)).toMatchObject({ source: 2, target: 1 });
  expect(filledDraft({ ...emptyDraft, source: 9, target: 3 }, all)).toMatchObject({ source: 1, target: 3 });
});

test('bitexts and collections that are still being read are no sides', () => {
  const draft = filledDraft(emptyDraft, [collection(1, 'de', { state: 'importing' }), collection(2, 'en'), collection(3, 'de', { kind: 'bitext', targetLanguage: 'en' })]);
  expect(draft).toMatchObject({ source: 2, target: null, bitext: 3 });
});

const finished = (id: number, source: Collection, target: Collection, part: Partial<Run> = {}): Run => ({
  id, kind: 'mine', state: 'ready', name: `run ${id}`, settings: emptyDraft.settings,
  source: { collection: source.id, name: source.name, language: source.language, sentences: source.size }, target: { collection: target.id, name: target.name, language: target.language, sentences: target.size }, ...part,
}) as Run;
const file = (sha256: string): Collection['files'][number] => ({ path: `/data/${sha256}`, bytes: 1, sha256, lines: 1, options: { layout: 'lines', compression: 'none', encoding: 'utf-8', header: false, columns: [], language: 'de', targetLanguage: null, split: 'none' } });

test('a finished run is carried on when a collection has grown by files at its end, and not otherwise', () => {
  const [german, english] = [collection(1, 'de', { files: [file('a')] }), collection(2, 'en', { files: [file('b')] })];
  const [grown, other] = [collection(3, 'de', { files: [file('a'), file('c')] }), collection(4, 'de', { files: [file('c'), file('a')] })];
  const all = [german, english, grown, other];
  const run = finished(7, german, english);
  expect(earlierRuns([run], all, 3, 2).map((each) => each.id)).toEqual([7]);
  expect(earlierRuns([run], all, 4, 2)).toEqual([]);
  // The same collections again are another run, not a second crawl.
  expect(earlierRuns([run], all, 1, 2)).toEqual([]);
  expect(earlierRuns([finished(8, german, english, { state: 'failed' })], all, 3, 2)).toEqual([]);
});

test('of runs that fit, the newest one with the same settings is proposed; a decision against it stays', () => {
  const [german, english, grown] = [collection(1, 'de', { files: [file('a')] }), collection(2, 'en', { files: [file('b')] }), collection(3, 'de', { files: [file('a'), file('c')] })];
  const runs = [finished(8, german, english, { settings: { ...emptyDraft.settings, refine: 'off' } }), finished(7, german, english)];
  const draft = { ...emptyDraft, source: 3, target: 2 };
  expect(filledDraft(draft, [german, english, grown], runs).earlier).toBe(7);
  expect(filledDraft({ ...draft, earlier: null }, [german, english, grown], runs).earlier).toBeNull();
  expect(filledDraft({ ...draft, earlier: 8 }, [german, english, grown], runs).earlier).toBe(8);
});
