import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PairOrigin, Predicate } from '../contract/pairs.ts';
import type { Column, Project } from './api.ts';
import { openProject } from './project.ts';
import { createGenerator, failureOf, linesFile, runOf } from './testing.ts';

/** Two chunks and a bit, so that every loop crosses a chunk's edge. */
const size = 140_000;
let folder = '';
let project: Project;
let origin: PairOrigin & { readonly run: number };
let first = 0;
const margins = new Float64Array(size);
const lengths = new Uint32Array(size);
const languages: (string | null)[] = [];

const sentencesOf = async (name: string, count: number, text: (at: number) => string): Promise<number> => {
  const id = project.collections.create({ name, kind: 'monolingual', language: name, targetLanguage: null });
  const writer = project.sentences.writer(id);
  for (let at = 0; at < count; at += 1) writer.add(text(at), null, 0, at + 1);
  await writer.finish();
  project.collections.finish(id, { counts: { lines: count, empty: 0, malformed: 0, merged: 0, size: count }, files: [linesFile(`/data/${name}.txt`)], columns: [], state: 'ready' });
  return id;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-store-'));
  project = openProject(join(folder, 'x.dragoman'), { create: true });
  const other = project.runs.create(runOf({ source: 1, target: 1, cut: null })).id;
  const source = await sentencesOf('de', 3_000, (at) => `Größe ${at} ΣΊΣΥΦΟΣ`);
  const target = await sentencesOf('zh', 2_000, (at) => `句子 ${at} Istanbul`);
  const before = project.pairs.writer({ run: other }, { source, target });
  before.append(Uint32Array.of(0, 1, 2), Uint32Array.of(0, 1, 2));
  before.finish();
  origin = { run: project.runs.create(runOf({ source, target, cut: 1.1 })).id };
  const writer = project.pairs.writer(origin, { source, target });
  const ordinals = Uint32Array.from({ length: size }, (_, at) => at);
  writer.append(ordinals.map((at) => at % 3_000), ordinals.map((at) => (at * 7) % 2_000));
  first = writer.finish().first;
  const random = createGenerator(3);
  for (let at = 0; at < size; at += 1) {
    margins[at] = random() < 0.01 ? Number.NaN : Math.round((0.8 + random() * 0.6) * 1_000) / 1_000 * (random() < 0.1 ? -1 : 1);
    if (random() < 0.01) margins[at] = random() < 0.5 ? 0 : -0;
    lengths[at] = Math.floor(random() * 300);
    languages.push(random() < 0.1 ? null : ['de', 'en', 'zh-Hant', 'und'][Math.floor(random() * 4)] ?? null);
  }
  const create = (name: string, kind: Column['kind']): Column => project.columns.create({ origin, name, kind, producer: 'test', signature: 's' });
  project.columns.write(create('margin', 'f64'), first, margins);
  project.columns.write(create('length', 'u32'), first, lengths);
  const language = create('language', 'label');
  project.columns.write(language, first, Uint32Array.from(languages, (label) => (label === null ? 0 : project.columns.labelCode(language, label))));
});
afterAll(() => {
  project.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The same questions answered the slow and obvious way. */
const obvious = (predicate: Predicate, at: number): boolean => {
  switch (predicate.kind) {
    case 'number': {
      const value = (predicate.column === 'margin' ? margins[at] : lengths[at]) ?? NaN;
      if (Number.isNaN(value)) return false;
      const answers = { '=': value === predicate.value, '!=': value !== predicate.value, '<': value < predicate.value, '<=': value <= predicate.value, '>': value > predicate.value, '>=': value >= predicate.value };
      return answers[predicate.relation];
    }
    case 'label': return languages[at] === (predicate.value === '' ? null : predicate.value);
    case 'kept': return ((margins[at] ?? NaN) >= 1.1) === predicate.value;
    case 'text': {
      const fold = (text: string): string => (predicate.matchCase ? text : text.toLowerCase());
      const texts = { source: `Größe ${at % 3_000} ΣΊΣΥΦΟΣ`, target: `句子 ${(at * 7) % 2_000} Istanbul` };
      return (predicate.side !== 'target' && fold(texts.source).includes(fold(predicate.contains))) || (predicate.side !== 'source' && fold(texts.target).includes(fold(predicate.contains)));
    }
    case 'all': return predicate.of.every((part) => obvious(part, at));
    case 'any': return predicate.of.some((part) => obvious(part, at));
    case 'not': return !obvious(predicate.of, at);
    default: throw new Error(`“${predicate.kind}” is asked in predicates.test.ts.`);
  }
};

const text = (side: 'source' | 'target' | 'either', contains: string, matchCase: boolean): Predicate => ({ kind: 'text', side, contains, matchCase });
const number = (column: string, relation: '=' | '!=' | '<' | '<=' | '>' | '>=', value: number): Predicate => ({ kind: 'number', column, relation, value });

describe('one evaluator', () => {
  it.each<[string, Predicate]>([
    ['numbers: at least', number('margin', '>=', 1.2)],
    ['numbers: a missing one is not "different"', number('margin', '!=', 1.2)],
    ['numbers: equal', number('margin', '=', 1.2)],
    ['numbers: -0 is 0', number('margin', '=', 0)],
    ['numbers: below, counts', number('length', '<', 10)],
    ['numbers: up to and above', { kind: 'any', of: [number('length', '<=', 5), number('length', '>', 295)] }],
    ['labels', { kind: 'label', column: 'language', value: 'zh-Hant' }],
    ['labels: none', { kind: 'label', column: 'language', value: '' }],
    ['labels: unknown', { kind: 'label', column: 'language', value: 'tlh' }],
    ['kept', { kind: 'kept', value: true }],
    ['not kept', { kind: 'kept', value: false }],
    ['text, any case', text('source', 'grösse 12', false)],
    ['text, sharp s is not ss', text('source', 'GRÖßE 12', false)],
    ['text, same case', text('source', 'größe 12', true)],
    ['text, Greek final sigma', text('source', 'σίσυφος', false)],
    ['text without capitals', text('target', '句子 19', false)],
    ['text in either', text('either', '77', true)],
    ['nothing is all', { kind: 'all', of: [] }],
    ['nothing is not any', { kind: 'any', of: [] }],
    ['not: a missing number is then among them', { kind: 'not', of: number('margin', '>=', 1.2) }],
    ['not, twice and around text', { kind: 'not', of: { kind: 'any', of: [text('source', '12', false), { kind: 'not', of: text('target', '7', true) }] } }],
    ['nested', { kind: 'all', of: [number('margin', '>', 1), { kind: 'any', of: [{ kind: 'label', column: 'language', value: 'de' }, text('target', '3', true)] }, { kind: 'kept', value: false }] }],
  ])('%s', async (_, predicate) => {
    const expected: number[] = [];
    for (let at = 0; at < size; at += 1) if (obvious(predicate, at)) expected.push(first + at);
    const ids = await project.pairs.select(origin, predicate);
    expect(ids.length).toBe(expected.length);
    expect(Buffer.from(ids.buffer).equals(Buffer.from(Uint32Array.from(expected).buffer))).toBe(true);
    expect(await project.pairs.count(origin, predicate)).toBe(expected.length);
  });

  it('says which columns there are when one is unknown, and that labels are no numbers', async () => {
    await expect(project.pairs.count(origin, number('laser', '>', 1))).rejects.toMatchObject({ data: { code: 'bad-input', hint: expect.stringContaining('“margin”') } });
    await expect(project.pairs.count(origin, { kind: 'label', column: 'length', value: '3' })).rejects.toMatchObject({ data: { code: 'bad-input' } });
  });

  it('stops when asked', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(project.pairs.count(origin, { kind: 'kept', value: true }, stop.signal)).rejects.toThrow();
  });
});

describe('views', () => {
  const expectedOrder = (value: (at: number) => number | string | null, descending: boolean): number[] => {
    const missing = (at: number): boolean => value(at) === null || Number.isNaN(value(at));
    const compare = (left: number, right: number): number => {
      if (missing(left) || missing(right)) return Number(missing(left)) - Number(missing(right)) || left - right;
      const [a, b] = [value(left) ?? 0, value(right) ?? 0];
      return (a < b ? -1 : a > b ? 1 : 0) * (descending ? -1 : 1) || left - right;
    };
    return Array.from({ length: size }, (_, at) => at).toSorted(compare).map((at) => first + at);
  };

  it.each<[string, string, boolean, (at: number) => number | string | null]>([
    ['margin, highest first', 'margin', true, (at) => margins[at] ?? null],
    ['margin, lowest first, with negative ones', 'margin', false, (at) => margins[at] ?? null],
    ['lengths', 'length', false, (at) => lengths[at] ?? null],
    ['lengths, longest first', 'length', true, (at) => lengths[at] ?? null],
    ['labels', 'language', false, (at) => languages[at] ?? null],
    ['labels, last first', 'language', true, (at) => languages[at] ?? null],
  ])('sorted by %s: ties by pair id, missing ones last', async (_, column, descending, value) => {
    const { view, count, total } = await project.views.create({ origin, predicate: null, sort: { column, descending } });
    expect([count, total]).toEqual([size, size]);
    const expected = Uint32Array.from(expectedOrder(value, descending));
    expect(Buffer.from(project.views.ids(view, 0, size).buffer).equals(Buffer.from(expected.buffer))).toBe(true);
  });

  it('a page is a slice with positions, and stays frozen when values change', async () => {
    const { view, count } = await project.views.create({ origin, predicate: number('margin', '>=', 1.39), sort: { column: 'margin', descending: true } });
    const ids = project.views.ids(view, 0, count);
    const page = project.views.page(view, 5, 10);
    expect(page.map(({ id, position }) => [id, position])).toEqual([...ids.subarray(5, 15)].map((id, at) => [id, at + 5]));
    expect(project.views.page(view, count, 10)).toEqual([]);
    const length = project.columns.find(origin, 'length');
    if (length === null) throw new Error('no column');
    project.columns.write(length, first, Uint32Array.of(lengths[0] ?? 0));
    expect(project.views.ids(view, 0, count)).toEqual(ids);
    expect(project.views.get(view)).toMatchObject({ view, count, total: size, origin });
    expect(failureOf(() => project.views.page('nobody-1', 0, 1)).code).toBe('not-found');
  });

  it('locates a value: the first row at or past it', async () => {
    for (const descending of [true, false]) {
      const { view } = await project.views.create({ origin, predicate: null, sort: { column: 'margin', descending } });
      const order = [...project.views.ids(view, 0, size)].map((id) => margins[id - first] ?? NaN);
      for (const value of [2, 1.4, 1.2345, 1.1, 0, -0.9, -2]) {
        const expected = order.findIndex((there) => Number.isNaN(there) || (descending ? there <= value : there >= value));
        expect(project.views.locate(view, value)).toBe(expected);
      }
    }
    const { view } = await project.views.create({ origin, predicate: null, sort: null });
    expect(failureOf(() => project.views.locate(view, 1)).code).toBe('bad-input');
  });
});

describe('histogram', () => {
  it('counts every pair that matches exactly once', async () => {
    const { edges, counts, below, above } = await project.pairs.histogram({ origin, column: 'margin', bins: 40, minimum: 0.9, maximum: 1.3, predicate: { kind: 'label', column: 'language', value: 'de' } });
    expect([edges.length, edges[0], edges[40]]).toEqual([41, 0.9, 1.3]);
    const german = [...margins].filter((value, at) => languages[at] === 'de' && !Number.isNaN(value));
    expect(below).toBe(german.filter((value) => value < 0.9).length);
    expect(above).toBe(german.filter((value) => value > 1.3).length);
    counts.forEach((count, bin) => {
      const [low, high] = [edges[bin] ?? 0, edges[bin + 1] ?? 0];
      expect(count).toBe(german.filter((value) => value >= low && (bin === 39 ? value <= high : value < high)).length);
    });
  });

  it('takes its limits from the whole column and refuses labels', async () => {
    const known = [...margins].filter((value) => !Number.isNaN(value));
    const { edges, counts, below, above } = await project.pairs.histogram({ origin, column: 'margin', bins: 7, minimum: null, maximum: null, predicate: null });
    expect([edges[0], edges[7]]).toEqual([known.reduce((low, value) => Math.min(low, value)), known.reduce((high, value) => Math.max(high, value))]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(known.length);
    expect([below, above]).toEqual([0, 0]);
    await expect(project.pairs.histogram({ origin, column: 'language', bins: 7, minimum: null, maximum: null, predicate: null })).rejects.toMatchObject({ data: { code: 'bad-input' } });
  });
});

describe('pairs and columns', () => {
  it('ids of an origin are one range with places left free behind it, sides and values come back as written', () => {
    expect(first).toBe(1 + 3 + 65_536);
    expect(project.pairs.block(origin)).toMatchObject({ first, count: size });
    const { sources, targets } = project.pairs.ordinals(origin, first + 65_000, 2_000);
    expect([sources[0], targets[0], sources[1_999], targets[1_999]]).toEqual([65_000 % 3_000, (65_000 * 7) % 2_000, 66_999 % 3_000, (66_999 * 7) % 2_000]);
    const margin = project.columns.find(origin, 'margin');
    if (margin === null) throw new Error('no column');
    expect(project.columns.read(margin, first + 65_530, 10)).toEqual(margins.slice(65_530, 65_540));
    expect(failureOf(() => project.columns.read(margin, first - 1, 2)).code).toBe('bad-input');
    expect(failureOf(() => project.pairs.ordinals(origin, 0, 10)).code).toBe('bad-input');
    expect(project.totals().pairs).toBe(size + 3);
  });

  it('rows show both sides, values, and whether the pair is kept and why not', () => {
    const row = project.pairs.rows(origin, [first + 139_999])[0];
    const at = 139_999;
    expect(row).toEqual({
      id: first + at, position: 0,
      source: { text: `Größe ${at % 3_000} ΣΊΣΥΦΟΣ`, language: 'de', id: String(at % 3_000 + 1), ordinal: at % 3_000, file: '/data/de.txt', line: at % 3_000 + 1, count: 1, original: null },
      target: { text: `句子 ${(at * 7) % 2_000} Istanbul`, language: 'zh', id: String((at * 7) % 2_000 + 1), ordinal: (at * 7) % 2_000, file: '/data/zh.txt', line: (at * 7) % 2_000 + 1, count: 1, original: null },
      values: { margin: Number.isNaN(margins[at]) ? null : margins[at], length: lengths[at], language: languages[at] },
      kept: (margins[at] ?? NaN) >= 1.1, dropReason: (margins[at] ?? NaN) >= 1.1 ? null : 'cut',
      review: { decision: 'none', flags: [], comments: 0, judged: [], checks: [], ignored: [], splitFrom: null },
    });
    expect(project.pairs.rows(origin, [first], ['length']).map(({ values }) => Object.keys(values))).toEqual([['length']]);
    expect(failureOf(() => project.pairs.rows(origin, [0])).code).toBe('not-found');
    expect(project.columns.list(origin).map(({ name, minimum, maximum }) => [name, minimum, maximum])[1]).toEqual(['length', 0, 299]);
  });

  it('a column of the same name and producer is replaced, floats keep their last digit over a restart', () => {
    const written = Float64Array.of(1 / 3, Math.PI, Number.NaN);
    const create = () => project.columns.create({ origin, name: 'again', kind: 'f64', producer: 'test', signature: '' });
    project.columns.write(create(), first, Float64Array.of(1, 2, 3));
    const column = create();
    expect([...project.columns.read(column, first, 2)]).toEqual([NaN, NaN]);
    project.columns.write(column, first + 65_535, written);
    const path = project.path;
    project.close();
    project = openProject(path);
    const found = project.columns.find(origin, 'again');
    if (found === null) throw new Error('no column');
    expect(project.columns.read(found, first + 65_534, 5)).toEqual(Float64Array.of(NaN, ...written, NaN));
    expect(project.columns.valuesOf(found, [first + 65_535, first + 65_537])).toEqual([1 / 3, null]);
  });
});

describe('a bitext', () => {
  it('merges repeated pairs, keeps the line and ids of each, its columns, and the scores of runs over it', async () => {
    const id = project.collections.create({ name: 'europarl', kind: 'bitext', language: 'de', targetLanguage: 'en' });
    const sides = project.collections.sides(id);
    const [sources, targets] = [project.sentences.writer(sides.source), project.sentences.writer(sides.target)];
    const pairs = project.pairs.writer({ collection: id }, { ...sides, merge: true, columns: [{ name: 'laser', kind: 'score' }, { name: 'domain', kind: 'label' }] });
    const lines: readonly (readonly [string, string, number | null, string | null])[] = [['Ja.', 'Yes.', 1.25, 'news'], ['Ja.', 'Yeah.', null, 'talk'], ['Ja.', 'Yes.', 1.5, 'news'], ['Nein.', 'No.', 0.5, null]];
    const added = lines.map(([source, target, laser, domain], at) => {
      const line = at + 1;
      return pairs.add(sources.add(source, `s${line}`, 0, line), targets.add(target, `t${line}`, 0, line), { values: [laser, domain], file: 0, line });
    });
    expect(added).toEqual([true, true, false, true]);
    await sources.finish();
    await targets.finish();
    const range = pairs.finish();
    expect([range.count, pairs.merged]).toEqual([3, 1]);
    project.collections.finish(id, { counts: { lines: 4, empty: 0, malformed: 0, merged: 1, size: 3 }, files: [linesFile('/data/europarl.tsv')], columns: [{ name: 'laser', kind: 'score' }, { name: 'domain', kind: 'label' }], state: 'ready' });
    const rows = project.pairs.rows({ collection: id }, [range.first, range.first + 1, range.first + 2]);
    expect(rows.map(({ source, target, values, kept }) => [source.text, source.id, source.line, target.text, target.id, values, kept])).toEqual([
      ['Ja.', 's1', 1, 'Yes.', 't1', { laser: 1.25, domain: 'news' }, null],
      ['Ja.', 's2', 2, 'Yeah.', 't2', { laser: null, domain: 'talk' }, null],
      ['Nein.', 's4', 4, 'No.', 't4', { laser: 0.5, domain: null }, null],
    ]);
    expect(rows[0]?.source).toMatchObject({ language: 'de', file: '/data/europarl.tsv', count: 3 });
    expect(await project.pairs.count({ collection: id }, { kind: 'kept', value: true })).toBe(3);

    const run = project.runs.create(runOf({ source: id, target: id, cut: 1, kind: 'score-bitext' })).id;
    expect(project.pairs.range({ run })).toEqual(range);
    project.columns.write(project.columns.create({ origin: { run }, name: 'margin', kind: 'f64', producer: 'score-bitext', signature: '' }), range.first, Float64Array.of(1.2, 0.9, 1));
    expect([...await project.pairs.select({ run }, { kind: 'kept', value: true })]).toEqual([range.first, range.first + 2]);
    expect(project.columns.list({ collection: id }).map(({ name }) => name)).toEqual(['laser', 'domain', 'margin']);
    project.runs.setRemoved(run, true);
    expect(project.columns.list({ collection: id }).map(({ name }) => name)).toEqual(['laser', 'domain']);
  });

  it('in two Moses files names the file of each side, and lines are ids', async () => {
    const id = project.collections.create({ name: 'moses', kind: 'bitext', language: 'de', targetLanguage: 'en' });
    const sides = project.collections.sides(id);
    const [sources, targets] = [project.sentences.writer(sides.source), project.sentences.writer(sides.target)];
    const pairs = project.pairs.writer({ collection: id }, { ...sides, merge: true });
    for (const line of [1, 2, 3]) pairs.add(sources.add('Ja.', null, 0, line), targets.add(`Yes ${line % 2}.`, null, 1, line), { file: 0, line });
    await sources.finish();
    await targets.finish();
    const { first: firstPair } = pairs.finish();
    const half = (path: string) => ({ ...linesFile(path), options: { ...linesFile(path).options, layout: 'moses' as const } });
    project.collections.finish(id, { counts: { lines: 3, empty: 0, malformed: 0, merged: 1, size: 2 }, files: [half('/data/m.de'), half('/data/m.en')], columns: [], state: 'ready' });
    const rows = project.pairs.rows({ collection: id }, [firstPair, firstPair + 1]);
    expect(rows.map(({ source, target }) => [source.file, source.id, target.file, target.id, target.count])).toEqual([['/data/m.de', '1', '/data/m.en', '1', 2], ['/data/m.de', '2', '/data/m.en', '2', 1]]);
    expect(project.sentences.occurrences(sides.target, 0, 0, 9).rows.map(({ file, line }) => [file, line])).toEqual([['/data/m.en', 1], ['/data/m.en', 3]]);
  });

  it('an aborted or unfinished block is never seen', () => {
    const run = project.runs.create(runOf({ source: 1, target: 1, cut: null })).id;
    const writer = project.pairs.writer({ run }, { source: 1, target: 1 });
    writer.append(new Uint32Array(70_000), new Uint32Array(70_000));
    expect(failureOf(() => project.pairs.block({ run })).code).toBe('not-found');
    writer.abort();
    expect(failureOf(() => project.pairs.block({ run })).code).toBe('not-found');
    expect(failureOf(() => writer.append(new Uint32Array(1), new Uint32Array(1))).code).toBe('internal');
  });
});
