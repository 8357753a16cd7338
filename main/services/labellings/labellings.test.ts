import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../contract/errors.ts';
import { labelContract } from '../../contract/label.ts';
import { connect, type Client } from '../../rpc/client.ts';
import { pipe } from '../../rpc/pipe.ts';
import { serve } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import { openProject } from '../../store/project.ts';
import { createLabellingsService } from './index.ts';

let folder = '';
let project: Project;
let client: Client<typeof labelContract>;
let labelling = 0;
let anna = 0;

/** Hindi: the combining signs of "सुनीता" make edges that no span may have. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-label-'));
  project = openProject(join(folder, 'x.dragoman'), { create: true });
  labelling = project.labellings.create({ name: 'Names', sourceLanguage: 'en', targetLanguage: 'hi', settings: {}, facts: {} });
  project.labellings.add(labelling, [{ source: 'The poet Sunita Rao lives in Jabalpur.', target: 'कवयित्री सुनीता राव जबलपुर में रहती हैं।', form: null, spans: [{ label: 'PER', source: { from: 9, to: 19 } }, { label: 'LOC', source: { from: 29, to: 37 } }] }]);
  project.labellings.finish(labelling);
  project.labellings.found(labelling, new Map([[0, {
    links: [{ source: { from: 9, to: 15 }, target: { from: 9, to: 15 } }],
    spans: [
      [{ method: 'alignment', best: [{ from: 9, to: 19, score: 0.6 }], abstained: null }, { method: 'constrained', best: [{ from: 9, to: 19, score: 0.9 }], abstained: null }],
      [{ method: 'alignment', best: [{ from: 20, to: 30, score: 0.5 }], abstained: null }, { method: 'constrained', best: [{ from: 20, to: 26, score: 0.7 }], abstained: null }],
    ],
  }]]));
  anna = project.reviews.addAnnotator('anna', 1).id;
  let now = 100;
  const [near, far] = pipe();
  serve(far, labelContract, createLabellingsService({ project: () => project, gate: { roots: [folder], check: (path) => path }, now: () => { now += 1; return now; } }), { checkOutputs: true });
  client = connect(near, labelContract);
});
afterEach(() => {
  client.close();
  project.close();
  rmSync(folder, { recursive: true, force: true });
});

const tagged = (path: string): readonly string[] => readFileSync(path, 'utf8').split('\n').filter((line) => line !== '' && !line.endsWith('O')).map((line) => line.replace(/\s+/u, ' '));
const leastSure = async () => (await client.call('label.order', { labelling, filter: { order: 'sureness', decisions: ['open'] } })).ids;
const failure = (thrown: unknown): string => (thrown instanceof Failure ? `${thrown.data.code}: ${thrown.message}` : 'no failure');

describe('a labelling', () => {
  it('is listed with what is open, and its spans come least sure first with their texts', async () => {
    expect(await client.call('label.list', {})).toMatchObject([{ id: labelling, name: 'Names', sentences: 1, spans: 2, open: 1, methods: ['alignment', 'constrained'] }]);
    const spans = await client.call('label.spans', { labelling, ids: await leastSure() });
    expect(spans.map(({ text, label, agrees }) => [text, label, agrees])).toEqual([['Jabalpur', 'LOC', false], ['Sunita Rao', 'PER', true]]);
    expect(await client.call('label.agreement', { labelling })).toEqual([{ label: 'PER', spans: 1, agree: 1 }, { label: 'LOC', spans: 1, agree: 0 }]);
    expect((await client.call('label.sentence', { labelling, no: 0 })).links).toHaveLength(1);
  });

  it('takes decisions as entries of the history, which undo takes back', async () => {
    const [span = 0] = await leastSure();
    const { spans, entry } = await client.call('label.decide', { labelling, annotator: anna, changes: [{ span, decision: 'accepted', chosen: { from: 20, to: 26 } }] });
    expect(spans).toMatchObject([{ decision: 'accepted', chosen: { from: 20, to: 26 }, judged: { annotator: anna, at: 101 } }]);
    expect([entry.title, entry.annotator]).toEqual(['Accepted, LOC in sentence 1', 'anna']);
    expect(await leastSure()).toHaveLength(1);
    await project.operations.undo();
    expect(await leastSure()).toHaveLength(2);
  });

  it.each([
    ['behind the end', { from: 30, to: 400 }, /does not lie in its translation/],
    ['without anything in it', { from: 20, to: 20 }, /does not lie in its translation/],
    ['in the middle of a character', { from: 9, to: 10 }, /part a character/],
    ['nowhere', null, /only where it stands/],
  ] as const)('refuses a span %s, and nothing is changed', async (_, chosen, words) => {
    const [span = 0] = await leastSure();
    const thrown = await client.call('label.decide', { labelling, annotator: anna, changes: [{ span, decision: 'accepted', chosen }] }).catch((error: unknown) => error);
    expect(failure(thrown)).toMatch(words);
    expect(await leastSure()).toHaveLength(2);
    expect(project.operations.next().undo).toBeNull();
  });

  it('decides many at once as one entry', async () => {
    const changes = (await leastSure()).map((span) => ({ span, decision: 'rejected' as const }));
    const { entry } = await client.call('label.decide', { labelling, annotator: anna, changes });
    expect(entry.title).toBe('No span, 2 spans');
    await project.operations.undo();
    expect(await leastSure()).toHaveLength(2);
  });

  it('is exported on both sides, with what was decided and else what the methods say', async () => {
    const [span = 0] = await leastSure();
    await client.call('label.decide', { labelling, annotator: anna, changes: [{ span, decision: 'accepted', chosen: { from: 20, to: 26 } }] });
    const target = join(folder, 'hi.conll');
    const { spans, losses } = await client.call('label.export', { labelling, path: target, side: 'target', to: 'conll', overwrite: false });
    expect([spans, losses]).toEqual([2, [expect.stringContaining('SpaceAfter=No')]]);
    expect(tagged(target)).toEqual(['सुनीता B-PER', 'राव I-PER', 'जबलपुर B-LOC']);
    const source = join(folder, 'en.jsonl');
    await client.call('label.export', { labelling, path: source, side: 'source', to: 'jsonl', overwrite: false });
    expect(JSON.parse(readFileSync(source, 'utf8'))).toMatchObject({ label: [[9, 19, 'PER'], [29, 37, 'LOC']] });
    expect(failure(await client.call('label.export', { labelling, path: source, side: 'source', to: 'jsonl', overwrite: false }).catch((error: unknown) => error))).toMatch(/file-exists/);
  });

  it('that was removed is not found until that is undone', async () => {
    await client.call('label.remove', { labelling });
    expect(await client.call('label.list', {})).toEqual([]);
    expect(failure(await client.call('label.get', { labelling }).catch((error: unknown) => error))).toMatch(/not-found/);
    await project.operations.undo();
    expect((await client.call('label.list', {})).map(({ id }) => id)).toEqual([labelling]);
  });
});
