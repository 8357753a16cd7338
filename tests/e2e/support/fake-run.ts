import type { Job } from '../../../main/contract/jobs.ts';
import { defaultMineSettings, type Run, type Why } from '../../../main/contract/mine.ts';
import type { PairRow } from '../../../main/contract/pairs.ts';
import type { Answers } from './fake-workbench.ts';

/** A run of the size of the design's pages, with texts made by rule: row n says its number in both languages. */

export const fakeRun = (part: Partial<Run> = {}): Run => ({
  id: 12, kind: 'mine', name: 'crawl-de to crawl-en', state: 'ready', job: 4,
  source: { collection: 1, name: 'crawl-de', language: 'de', sentences: 1_100_000 }, target: { collection: 2, name: 'crawl-en', language: 'en', sentences: 1_050_000 },
  settings: defaultMineSettings,
  plan: {
    encoders: [{ id: 'use-multilingual-v3', hash: 'a', dimension: 512, prefix: '', batchTokens: 4096 }], provider: 'cpu', threads: 2, blockSentences: 65_536, precision: 'f32', index: 'exact', tileRows: 4096,
    hnsw: null, guard: 4, centre: true, linearMap: 'off', stages: [], seconds: 240, memoryBytes: 610e6, diskBytes: 172e6, reasons: [], warnings: [], repeatable: true,
  },
  createdAt: 1_763_717_000_000, endedAt: 1_763_717_240_000, seconds: 240,
  counts: {
    sourceSentences: 1_100_000, targetSentences: 1_050_000, merged: 1204, malformed: 6, encoded: 2_150_000, reused: 0, truncated: 12,
    candidates: 1_000_000, belowFloor: 0, aboveUpperBound: 0, mutualBest: 700_000, kept: 400_000, dropped: 600_000,
  },
  threshold: { cut: marginOf(400_000), reason: null, precision: 0.941, precisionLow: 0.928, precisionHigh: 0.954, expectedTrue: 376_400, curve: [{ margin: 1.3, precision: 0.99, low: 0.98, high: 1, kept: 1 }, { margin: 1, precision: 0.4, low: 0.35, high: 0.45, kept: 1_000_000 }] },
  cut: marginOf(400_000), cutBy: 'auto', indexRecall: null, warnings: [], refinement: null, signature: 'ratio|k:4|max|enc:use-multilingual-v3|ref:centre|idx:exact|v:0.1.0', ...part,
});

/** Margins fall evenly from 1.3 (row 0) to 0.9. */
export function marginOf(position: number, all = 1_000_000): number {
  return 1.3 - (0.4 * position) / all;
}

export const fakeRow = (position: number): PairRow => ({
  id: position + 1, position,
  source: { text: `Satz ${position + 1}: Die Apotheke hat sonntags geschlossen.`, language: 'de', id: `de-${position}`, ordinal: position, file: 'notices.txt', line: position + 1, count: 1, original: null },
  target: { text: `Sentence ${position + 1}: the bakery is closed on Sundays.`, language: 'en', id: `en-${position}`, ordinal: position, file: 'town-en.tsv', line: position + 1, count: 1, original: null },
  values: { margin: marginOf(position), cosine: 0.874, forwardRank: 1, backwardRank: (position % 4) + 1 }, kept: position < 400_000, dropReason: position < 400_000 ? null : 'margin',
  review: { decision: 'none', flags: [], comments: 0, judged: [], checks: [], ignored: [], splitFrom: null },
});

export const fakeWhy = (pair: number): Why => {
  const list = ['The bakery is closed on Sundays.', 'The chemist is open around the clock.', 'Shops are shut on public holidays.', 'The post office closes at noon.'].map((text, index) => ({ ordinal: index, text, cosine: 0.874 - index * 0.02, thisPair: index === 0 }));
  return {
    pair, margin: marginOf(pair - 1), cosine: 0.874, sourceMean: 0.844, targetMean: 0.844, denominator: 0.844, offset: 0, kind: 'ratio', forwardRank: 1, backwardRank: 1,
    sourceNeighbours: list, targetNeighbours: list, sourceOccurrence: 3, targetOccurrence: 4, keptDifference: 743,
  };
};

export const fakeJob = (part: Partial<Job> = {}): Job => ({
  id: 4, kind: 'mine', title: 'crawl-de to crawl-en', state: 'running', progress: 0.63, secondsLeft: 90, startedAt: 1_763_717_000_000, endedAt: null, run: 12, collection: null, pausable: true, failure: null,
  stages: [
    { name: 'encode-source', subject: 'de', state: 'done', done: 25_140, total: 25_140, unit: 'sentences', share: 0.25, rate: 0, seconds: 62 },
    { name: 'encode-target', subject: 'en', state: 'done', done: 24_806, total: 24_806, unit: 'sentences', share: 0.25, rate: 0, seconds: 62 },
    { name: 'neighbours', state: 'running', done: 4, total: 16, unit: 'tiles', share: 0.4, rate: 1 / 7, seconds: 28, note: 'tile 4 of 16, exact, both directions' },
    { name: 'margin', state: 'waiting', done: 0, total: 0, unit: 'pairs', share: 0.06, rate: 0, seconds: 0 },
    { name: 'retrieve', state: 'waiting', done: 0, total: 0, unit: 'pairs', share: 0.04, rate: 0, seconds: 0 },
  ],
  ...part,
});

const histogram = (bins: number) => ({ edges: Array.from({ length: bins + 1 }, (_, index) => 0.9 + (0.4 * index) / bins), counts: Array.from({ length: bins }, (_, index) => Math.round(4000 * Math.exp(-(((index / bins - 0.3) * 6) ** 2)) + 3000 * Math.exp(-(((index / bins - 0.7) * 5) ** 2)))), below: 0, above: 0 });

/** An open project with one run; give the answers that differ. */
export const fakeProject = (run: Run, jobs: readonly Job[] = [], rows = run.counts?.candidates ?? 0): Answers => ({
  'project.status': () => ({ path: '/tmp/harbour.dragoman', name: 'Harbour archive', sample: false, warnings: [], undo: null, redo: null, pairs: rows, sentences: 2_150_000 }),
  'project.recent': () => [],
  'project.hostFacts': () => ({ version: '0.1.0', host: 'served', nativeDialogs: false, revealInFolder: false, taskbarProgress: false, fileDrop: 'upload', cores: 2, memoryBytes: 8e9, platform: 'linux', engine: { state: 'ready', residentBytes: 590e6, note: null } }),
  'jobs.list': () => [...jobs],
  'corpora.list': () => [],
  'models.list': () => [],
  'mine.runs': () => [run],
  'mine.explain': ({ pair }) => fakeWhy(pair),
  'mine.cutPreview': ({ cut }) => { const kept = Math.min(rows, Math.max(0, Math.round(((1.3 - cut) / 0.4) * rows))); return { kept, dropped: rows - kept, precision: 0.9, low: 0.88, high: 0.92, gold: null }; },
  'pairs.view': () => ({ view: 'v1', count: rows, total: rows }),
  'pairs.page': ({ from, count }) => ({ rows: Array.from({ length: Math.max(0, Math.min(count, rows - from)) }, (_, index) => fakeRow(from + index)), count: rows }),
  'pairs.histogram': ({ bins }) => histogram(bins),
  'mine.partial': () => ({ pairs: 6118, note: 'From 4 of 16 tiles.', ...histogram(80), rows: Array.from({ length: 200 }, (_, index) => ({ source: fakeRow(index).source.text, target: fakeRow(index).target.text, margin: marginOf(index), cosine: 0.87 })) }),
  'jobs.log': ({ after, count }) => ({ total: 41, lines: Array.from({ length: Math.max(0, Math.min(count, 41 - after)) }, (_, index) => ({ no: after + index + 1, at: 1_763_717_000_000 + (after + index) * 1000, level: 'info' as const, text: `Encode de: batch ${after + index + 1}` })) }),
});
