import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProjectionRequest } from '../../main/contract/projection.ts';
import { describeWithShared } from '../shared-data.ts';
import { openBench, settled, type Bench } from '../support.ts';

/** Labels carried over by the real encoder and, where the shared models are, by a real translation model; and what people said of them. */
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.client.call('project.create', { path: join(bench.folder, 'labels') });
});
afterAll(() => bench.close());

const labelled = 'Anna B-PER\nBerg I-PER\nlives O\nin O\nCologne B-LOC\n. O\n\nThe O\nRhine B-LOC\nis O\nhigh O\n. O\n\n';
const translations = 'Anna Berg wohnt in Köln.\nDer Rhein steht hoch.\n';

const requestOf = (more: Partial<ProjectionRequest>, settings: Partial<ProjectionRequest['settings']> = {}): ProjectionRequest => {
  const [input, target] = [join(bench.folder, 'names.conll'), join(bench.folder, 'names.de.txt')];
  writeFileSync(input, labelled);
  writeFileSync(target, translations);
  return {
    input, from: 'auto', translations: target, output: null, to: 'conll', overwrite: false, gold: null, ...more,
    settings: { sourceLanguage: 'en', targetLanguage: 'de', method: 'alignment', aligner: 'auto', model: null, search: 'auto', count: 4, reverse: false, ...settings },
  };
};
const carry = async (request: ProjectionRequest) => {
  const { job } = await bench.client.call('projection.start', request);
  await settled(bench.client, job);
  return bench.client.call('projection.result', { job });
};

describe('labels carried over', () => {
  test('are kept as a labelling with links and places, and can be taken back', async () => {
    const { labelling, file, spans } = await carry(requestOf({}));
    expect([file, spans]).toEqual([null, 3]);
    expect(await bench.client.call('label.get', { labelling })).toMatchObject({ name: 'names.conll, de', sentences: 2, spans: 3, methods: ['alignment'] });
    const { target, spans: [person, place], links } = await bench.client.call('label.sentence', { labelling, no: 0 });
    const words = (span: typeof person): string => { const best = span?.found[0]?.best[0]; return best === undefined ? '' : target.slice(best.from, best.to); };
    expect([words(person), words(place)]).toEqual(['Anna Berg', 'Köln']);
    expect(links.length).toBeGreaterThan(2);
    await bench.client.call('project.undo', {});
    expect(await bench.client.call('label.list', {})).toEqual([]);
    await bench.client.call('project.redo', {});
    expect((await bench.client.call('label.list', {})).map(({ id }) => id)).toEqual([labelling]);
  });

  test('again for the same sentences are the same labelling, and what somebody said stays', async () => {
    const { labelling } = await carry(requestOf({}));
    const { ids } = await bench.client.call('label.order', { labelling, filter: { order: 'text' } });
    const { id: annotator } = await bench.client.call('review.addAnnotator', { name: 'anna' });
    await bench.client.call('label.decide', { labelling, annotator, changes: [{ span: ids[0] ?? 0, decision: 'accepted', chosen: { from: 0, to: 4 } }, { span: ids[1] ?? 0, decision: 'rejected', chosen: null }] });
    const again = await carry(requestOf({}, { aligner: 'statistical' }));
    expect(again.labelling).toBe(labelling);
    const { spans } = await bench.client.call('label.sentence', { labelling, no: 0 });
    expect(spans.map(({ decision, chosen }) => [decision, chosen])).toEqual([['accepted', { from: 0, to: 4 }], ['rejected', null]]);
    const path = join(bench.folder, 'decided.conll');
    await bench.client.call('label.export', { labelling, path, side: 'target', to: 'conll', overwrite: false });
    expect(readFileSync(path, 'utf8').split('\n').slice(0, 5).map((line) => line.replace(/\s+/u, ' '))).toEqual(['Anna B-PER', 'Berg O', 'wohnt O', 'in O', 'Köln O']);
  });

  test('without translations and without a model are refused before anything begins', async () => {
    await expect(bench.client.call('projection.start', requestOf({ translations: null }))).rejects.toThrow(/neither translations nor a model/);
  });
});

describeWithShared('models/tiny-m2m-en-de', 'with a translation model', (shared) => {
  test('the translations are made, both methods place the spans, and they are told side by side', async () => {
    const model = join(bench.folder, 'model');
    cpSync(shared, model, { recursive: true });
    const { labelling, constrained, agreement } = await carry(requestOf({ translations: null }, { method: 'both', model: { folder: model, precision: 'auto' } }));
    expect(constrained?.calls).toBeGreaterThan(0);
    expect(Object.values(agreement ?? {}).reduce((sum, count) => sum + count, 0)).toBe(3);
    const { target, spans } = await bench.client.call('label.sentence', { labelling, no: 0 });
    expect(target.length).toBeGreaterThan(5);
    expect(spans[0]?.found.map(({ method }) => method)).toEqual(['alignment', 'constrained']);
  });
});
