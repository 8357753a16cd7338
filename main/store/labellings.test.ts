import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FoundSpans } from '../contract/label.ts';
import type { Project } from './api.ts';
import { openProject } from './project.ts';

let folder = '';
let project: Project;
const open = (): Project => openProject(join(folder, 'x.dragoman'), { create: true });
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-store-'));
  project = open();
});
afterEach(() => {
  project.close();
  rmSync(folder, { recursive: true, force: true });
});

const says = (method: FoundSpans['method'], ...best: readonly (readonly [number, number, number])[]): FoundSpans => ({
  method, best: best.map(([from, to, score]) => ({ from, to, score })), abstained: best.length === 0 ? 'no-link' : null,
});

/** Two sentences of the harbour, three names. */
const made = (): number => {
  const { labellings } = project;
  const id = labellings.create({ name: 'Names', sourceLanguage: 'en', targetLanguage: 'de', settings: { method: 'both' }, facts: {} });
  labellings.add(id, [{ source: 'Anna Berg lives in Cologne.', target: 'Anna Berg wohnt in Köln.', form: null, spans: [{ label: 'PER', source: { from: 0, to: 9 } }, { label: 'LOC', source: { from: 19, to: 26 } }] }]);
  labellings.add(id, [{ source: 'The Rhine is high.', target: 'Der Rhein steht hoch.', form: 'x', spans: [{ label: 'LOC', source: { from: 4, to: 9 } }] }]);
  labellings.finish(id);
  labellings.found(id, new Map([
    [0, { spans: [[says('alignment', [0, 9, 0.9]), says('constrained', [0, 9, 0.98])], [says('alignment', [16, 23, 0.6]), says('constrained', [19, 23, 0.8], [16, 23, 0.1])]], links: [{ source: { from: 0, to: 4 }, target: { from: 0, to: 4 } }] }],
    [1, { spans: [[says('alignment', [4, 9, 0.7]), says('constrained')]], links: [] }],
  ]));
  return id;
};
const everything = { order: 'text' } as const;
const ids = (id: number): readonly number[] => project.labellings.order(id, everything, 100).ids;

describe('labellings', () => {
  it('keep texts, spans, links and what each method said', () => {
    const id = made();
    expect(project.labellings.counts(id)).toEqual({ sentences: 2, spans: 3, open: 2 });
    expect(project.labellings.methods(id)).toEqual(['alignment', 'constrained']);
    expect(project.labellings.sentences(id, 0, 9)).toEqual([
      { no: 0, source: 'Anna Berg lives in Cologne.', target: 'Anna Berg wohnt in Köln.', form: null, links: [{ source: { from: 0, to: 4 }, target: { from: 0, to: 4 } }] },
      { no: 1, source: 'The Rhine is high.', target: 'Der Rhein steht hoch.', form: 'x', links: [] },
    ]);
    expect(project.labellings.spansOf(id, 0).map(({ label, agrees, sureness, found }) => [label, agrees, sureness, found[1]?.best.length])).toEqual([['PER', true, 0.9, 1], ['LOC', false, 0.6, 2]]);
    expect(project.labellings.spansOf(id, 1).map(({ agrees, sureness }) => [agrees, sureness])).toEqual([[null, 0]]);
    expect(project.labellings.agreement(id)).toEqual([{ label: 'PER', spans: 1, agree: 1 }, { label: 'LOC', spans: 1, agree: 0 }]);
  });

  it.each([
    [{ order: 'sureness' }, [2, 1, 0]],
    [{ order: 'text' }, [0, 1, 2]],
    [{ order: 'text', labels: ['LOC'] }, [1, 2]],
    [{ order: 'text', agrees: false }, [1, 2]],
    [{ order: 'text', agrees: true }, [0]],
    [{ order: 'sureness', below: 0.7 }, [2, 1]],
    [{ order: 'text', decisions: ['accepted'] }, []],
  ] as const)('orders and filters spans: %j', (filter, wanted) => {
    const id = made();
    const first = ids(id)[0] ?? 0;
    const { order, ...rest } = filter;
    const asked = { order, ...('labels' in rest ? { labels: [...rest.labels] } : {}), ...('decisions' in rest ? { decisions: [...rest.decisions] } : {}), ...('agrees' in rest ? { agrees: rest.agrees } : {}), ...('below' in rest ? { below: rest.below } : {}) };
    expect(project.labellings.order(id, asked, 100)).toEqual({ ids: wanted.map((no) => first + no), total: wanted.length });
    expect(project.labellings.order(id, asked, 1).ids).toHaveLength(Math.min(1, wanted.length));
  });

  it('keep a decision through a run that finds something else, through undo, redo and a restart', async () => {
    const id = made();
    const span = ids(id)[1] ?? 0;
    const now = () => project.labellings.spans(id, [span])[0];
    await project.operations.run({ title: 'Accepted', annotator: 'mk' }, (recorder) => recorder.judgeSpans(id, [{ span, decision: 'accepted', chosen: { from: 19, to: 23 }, annotator: 1, at: 5 }]));
    project.labellings.found(id, new Map([[0, { spans: [[says('alignment')], [says('alignment', [0, 4, 0.1])]], links: [] }]]));
    expect(now()).toMatchObject({ decision: 'accepted', chosen: { from: 19, to: 23 }, judged: { annotator: 1, at: 5 }, sureness: 0.1 });
    project.close();
    project = open();
    await project.operations.undo();
    expect(now()).toMatchObject({ decision: 'open', chosen: null, judged: null, sureness: 0.1 });
    await project.operations.redo();
    expect(now()).toMatchObject({ decision: 'accepted', chosen: { from: 19, to: 23 } });
  });

  it('are removed and brought back as one entry, and gone for good only when asked', async () => {
    const id = made();
    await project.operations.run({ title: 'Removed', annotator: 'mk' }, (recorder) => recorder.setLabellingRemoved(id, true));
    expect(project.labellings.list()).toEqual([]);
    expect(() => project.labellings.get(id)).toThrow(/no labelling/);
    await project.operations.undo();
    expect(project.labellings.list().map(({ name }) => name)).toEqual(['Names']);
    await project.operations.redo();
    await project.purge({ removed: true });
    expect(project.labellings.counts(id)).toEqual({ sentences: 0, spans: 0, open: 0 });
    expect(() => project.labellings.get(id, { removed: true })).toThrow(/no labelling/);
  });

  it('that were never finished are dropped at the next opening, and that is said', () => {
    project.labellings.create({ name: 'Half', sourceLanguage: 'en', targetLanguage: 'de', settings: {}, facts: {} });
    project.close();
    project = open();
    expect(project.recovered).toEqual(['The labelling “Half” was cut off before its texts were read; what it had read was dropped. Label them again.']);
    expect(project.labellings.list()).toEqual([]);
  });

  it('refuse a span of another labelling', () => {
    const [one, other] = [made(), made()];
    expect(() => project.labellings.spans(one, ids(other))).toThrow(/does not belong/);
  });
});
