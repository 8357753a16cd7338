import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PairOrigin, PairRow, Predicate } from '../contract/pairs.ts';
import { checkMask } from '../domain/review/checks/check-ids.ts';
import type { Project } from './api.ts';
import { openProject } from './project.ts';
import { createGenerator, linesFile, runOf } from './testing.ts';

/** A chunk and a bit, so that every loop crosses a chunk's edge. Every answer is compared with what the rows themselves say. */
const size = 66_000;
let folder = '';
let project: Project;
let run: PairOrigin;
let bitext: PairOrigin;
const rows = new Map<PairOrigin, readonly PairRow[]>();
const about = { title: 'test', annotator: 'anna' };
/** A row counts the comments themselves, of which this test writes none. */
const commented = new Set<number>();

const starts = ['Der Hund bellt', 'The dog’s tail', 'Can’t stop', 'Καλημέρα ΚΌΣΜΕ', '我们喜欢苹果', 'Caf\u00e9 au lait', 'Cafe\u0301 noir', '\u{1f600}\u{1f600} fun', 'a\u0000b', 'x\u001ey', 'snake_case 1,000'] as const;
const bodyOf = (name: string, at: number): string => `${starts[at % starts.length] ?? ''} ${name} ${at}`;

const sideOf = async (name: string, count: number): Promise<number> => {
  const id = project.collections.create({ name, kind: 'monolingual', language: name, targetLanguage: null });
  const writer = project.sentences.writer(id);
  for (let at = 0; at < count; at += 1) writer.add(bodyOf(name, at), null, at % 3, at + 1);
  await writer.finish();
  const files = ['one', 'two', 'two'].map((file) => linesFile(`/data/${name}.${file}`));
  project.collections.finish(id, { counts: { lines: count, empty: 0, malformed: 0, merged: 0, size: count }, files, columns: [], state: 'ready' });
  return id;
};

const mosesBitext = async (): Promise<PairOrigin> => {
  const id = project.collections.create({ name: 'bitext', kind: 'bitext', language: 'de', targetLanguage: 'en' });
  const sides = project.collections.sides(id);
  const [sources, targets] = [project.sentences.writer(sides.source), project.sentences.writer(sides.target)];
  const writer = project.pairs.writer({ collection: id }, { ...sides, merge: true });
  for (let at = 0; at < 300; at += 1) writer.add(sources.add(`Ja ${at % 7}`, null, at % 2 === 0 ? 0 : 2, at + 1), targets.add(`Yes ${at % 50}`, null, at % 2 === 0 ? 1 : 2, at + 1), { file: at % 2 === 0 ? 0 : 2, line: at + 1 });
  await sources.finish();
  await targets.finish();
  writer.finish();
  const half = (path: string) => ({ ...linesFile(path), options: { ...linesFile(path).options, layout: 'moses' as const } });
  project.collections.finish(id, { counts: { lines: 300, empty: 0, malformed: 0, merged: 0, size: 300 }, files: [half('/data/m.de'), half('/data/m.en'), linesFile('/data/more.tsv')], columns: [], state: 'ready' });
  return { collection: id };
};

/** Judgements, flags, comments, edits, checks, a merge and a split, spread over both chunks. */
const review = async (origin: PairOrigin): Promise<void> => {
  const { first, count } = project.pairs.range(origin);
  const random = createGenerator(11);
  const some = (share: number): Uint32Array => Uint32Array.from({ length: count }, (_, at) => first + at).filter(() => random() < share);
  const judge = (judge: number | 'adjudicated', ids: Uint32Array, decision: 'accept' | 'reject' | 'unsure') =>
    project.operations.run(about, (recorder) => recorder.judge(origin, ids, { judge, decision, label: null, reason: null, at: 1 }));
  await judge(1, some(0.3), 'accept');
  await judge(1, some(0.1), 'unsure');
  await judge(2, some(0.2), 'reject');
  await judge(2, some(0.1), 'accept');
  await judge('adjudicated', some(0.05), 'reject');
  await project.operations.run(about, (recorder) => recorder.setFlag(origin, some(0.1), 'flagged', true, 1));
  await project.operations.run(about, (recorder) => recorder.setFlag(origin, some(0.05), 'offensive', true, 1));
  const spoken = some(0.02);
  for (const id of spoken) commented.add(id);
  await project.operations.run(about, (recorder) => recorder.setMark(origin, spoken, 'commented', true));
  const edited = some(0.05);
  await project.operations.run(about, (recorder) => recorder.setTexts(origin, edited, {
    source: [...edited].map((id) => (id % 3 === 0 ? 'now ein Hund, edited\u001ehere' : undefined)), target: [...edited].map((id) => (id % 2 === 0 ? `\u{1f436} edited ${id}` : null)),
  }));
  for (const name of ['checks', 'checksIgnored']) {
    const column = project.columns.create({ origin, name, kind: 'u32', producer: 'checks', signature: '' });
    project.columns.write(column, first, Uint32Array.from({ length: count }, () => (random() < 0.1 ? checkMask('numbers') : 0) | (random() < 0.1 ? checkMask('same-target') : 0)));
  }
  for (const [name, own] of [['sourceLanguageFound', 'de'], ['targetLanguageFound', 'run' in origin ? 'ja' : 'en']] as const) {
    const column = project.columns.create({ origin, name, kind: 'label', producer: 'languages', signature: '' });
    const [expected, other] = [project.columns.labelCode(column, own), project.columns.labelCode(column, 'fr')];
    project.columns.write(column, first, Uint32Array.from({ length: count }, () => (random() < 0.8 ? expected : random() < 0.5 ? other : 0)));
  }
  await project.operations.run(about, (recorder) => recorder.hidePairs(origin, Uint32Array.of(first, first + 7, first + count - 1)));
  await project.operations.run(about, (recorder) => { recorder.addPair(origin, first + 1); });
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-store-'));
  project = openProject(join(folder, 'x.dragoman'), { create: true });
  for (const name of ['anna', 'ben']) project.reviews.addAnnotator(name, 1);
  const [source, target] = [await sideOf('de', 5_000), await sideOf('ja', 4_999)];
  run = { run: project.runs.create(runOf({ source, target, cut: 1.1 })).id };
  const writer = project.pairs.writer(run, { source, target });
  const ordinals = Uint32Array.from({ length: size }, (_, at) => at);
  writer.append(ordinals.map((at) => at % 5_000), ordinals.map((at) => (at * 7) % 4_999));
  const { first } = writer.finish();
  const random = createGenerator(5);
  project.columns.write(project.columns.create({ origin: run, name: 'margin', kind: 'f64', producer: 'test', signature: '' }), first, Float64Array.from({ length: size }, () => 1 + random() * 0.2));
  bitext = await mosesBitext();
  for (const origin of [run, bitext]) {
    await review(origin);
    const { view, count } = await project.views.create({ origin, predicate: null, sort: null });
    rows.set(origin, Array.from({ length: Math.ceil(count / 500) }, (_, page) => project.views.page(view, page * 500, 500)).flat());
  }
});
afterAll(() => {
  project.close();
  rmSync(folder, { recursive: true, force: true });
});

const known = new Map<string, ReadonlySet<number>>();
const segmenters = new Map(['de', 'en', 'ja'].map((language) => [language, new Intl.Segmenter(language, { granularity: 'word' })]));
const edgesOf = (text: string, language: string): ReadonlySet<number> => {
  const edges = known.get(`${language} ${text}`) ?? new Set([...segmenters.get(language)?.segment(text) ?? []].map(({ index }) => index).concat(text.length));
  known.set(`${language} ${text}`, edges);
  return edges;
};

const fold = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');

const holds = (text: string, language: string, { contains, matchCase, how }: Extract<Predicate, { readonly kind: 'text' }>): boolean => {
  if (how === 'regex') return new RegExp(contains, matchCase ? 'u' : 'iu').test(text);
  const [where, what] = matchCase ? [text, contains] : [fold(text), fold(contains)];
  if (how !== 'word') return where.includes(what);
  const edges = edgesOf(where, language);
  return [...where].some((_, at) => where.startsWith(what, at) && edges.has(at) && edges.has(at + what.length));
};

const numberOf = (row: PairRow, column: string): number => {
  const lengths = { sourceLength: [...row.source.text].length, targetLength: [...row.target.text].length, lengthRatio: [...row.target.text].length / [...row.source.text].length };
  return lengths[column as keyof typeof lengths] ?? Number(row.values[column] ?? Number.NaN);
};

/** The same question answered the slow and obvious way, by the row as the page gets it. */
const obvious = (predicate: Predicate, row: PairRow): boolean => {
  switch (predicate.kind) {
    case 'number': {
      const value = numberOf(row, predicate.column);
      return { '=': value === predicate.value, '!=': value !== predicate.value, '<': value < predicate.value, '<=': value <= predicate.value, '>': value > predicate.value, '>=': value >= predicate.value }[predicate.relation];
    }
    case 'label': return row.values[predicate.column] === predicate.value;
    case 'text': return (['source', 'target'] as const).some((side) => (predicate.side === 'either' || predicate.side === side) && holds(row[side].text, row[side].language, predicate));
    case 'kept': return (row.kept ?? true) === predicate.value;
    case 'decision': return (predicate.by === null ? row.review.decision : row.review.judged.find(({ annotator }) => annotator === predicate.by)?.decision ?? 'none') === predicate.value;
    case 'flag': return row.review.flags.includes(predicate.flag) === predicate.value;
    case 'mark': return { edited: row.source.original !== null || row.target.original !== null, commented: commented.has(row.id), added: row.review.splitFrom !== null }[predicate.mark] === predicate.value;
    case 'check': {
      const found = row.review[predicate.state === 'open' ? 'checks' : 'ignored'];
      return predicate.check === 'any' ? found.length > 0 : found.includes(predicate.check);
    }
    case 'file': return row[predicate.side].file === predicate.name;
    case 'language': return row[predicate.side].language === predicate.value;
    case 'otherLanguage': return (['source', 'target'] as const).some((side) => {
      const found = row.values[`${side}LanguageFound`] ?? null;
      return (predicate.side === 'either' || predicate.side === side) && found !== null && found !== row[side].language;
    });
    case 'dropReason': return row.dropReason === predicate.value;
    case 'queue': throw new Error('Queues are asked about in services/review/queues.test.ts.');
    case 'pairs': return predicate.ids.includes(row.id);
    case 'not': return !obvious(predicate.of, row);
    case 'all': return predicate.of.every((part) => obvious(part, row));
    case 'any': return predicate.of.some((part) => obvious(part, row));
  }
};
const text = (side: 'source' | 'target' | 'either', contains: string, how: 'substring' | 'word' | 'regex', matchCase = false): Predicate => ({ kind: 'text', side, contains, matchCase, how });
const decision = (by: number | null, value: 'none' | 'accept' | 'reject' | 'unsure' | 'conflict'): Predicate => ({ kind: 'decision', by, value });

describe.each([['a run', () => run], ['a bitext', () => bitext]] as const)('the evaluator over %s says what the rows say:', (_, originOf) => {
  it.each<[string, Predicate]>([
    ...(['none', 'accept', 'reject', 'unsure', 'conflict'] as const).map((value): [string, Predicate] => [`in force: ${value}`, decision(null, value)]),
    ['decision of an annotator', decision(1, 'unsure')],
    ['not judged by an annotator', decision(2, 'none')],
    ['decision of somebody who judged nothing', decision(9, 'accept')],
    ['flag', { kind: 'flag', flag: 'offensive', value: true }],
    ['a flag nobody set', { kind: 'flag', flag: 'personal-data', value: false }],
    ['edited', { kind: 'mark', mark: 'edited', value: true }],
    ['commented', { kind: 'mark', mark: 'commented', value: true }],
    ['added', { kind: 'mark', mark: 'added', value: true }],
    ['check', { kind: 'check', check: 'numbers', state: 'open' }],
    ['check, set aside', { kind: 'check', check: 'same-target', state: 'ignored' }],
    ['any check', { kind: 'check', check: 'any', state: 'open' }],
    ['file with two places in the list', { kind: 'file', side: 'source', name: '/data/de.two' }],
    ['file of the target', { kind: 'file', side: 'target', name: '/data/m.en' }],
    ['file nobody knows', { kind: 'file', side: 'target', name: '/data/none' }],
    ['language', { kind: 'language', side: 'source', value: 'de' }],
    ['another language', { kind: 'language', side: 'target', value: 'tlh' }],
    ['another language detected, either side', { kind: 'otherLanguage', side: 'either' }],
    ['another language detected in the target', { kind: 'otherLanguage', side: 'target' }],
    ['no other language detected in the source', { kind: 'not', of: { kind: 'otherLanguage', side: 'source' } }],
    ['dropped by judgement', { kind: 'dropReason', value: 'rejected' }],
    ['just these, in any order, strangers among them', { kind: 'pairs', ids: [70_000, 65_540, 3, 7, 131_800, 1_000_000] }],
    ['not', { kind: 'not', of: decision(null, 'accept') }],
    ['length in code points', { kind: 'number', column: 'sourceLength', relation: '<=', value: 14 }],
    ['length of the edited text', { kind: 'number', column: 'targetLength', relation: '=', value: 14 }],
    ['ratio', { kind: 'number', column: 'lengthRatio', relation: '>', value: 1.3 }],
    ['text of edits, not of what they replaced', text('source', 'hund', 'substring')],
    ['text in either', text('either', 'EDITED 7', 'substring')],
    ['text across a zero byte', text('source', 'a\u0000b', 'substring', true)],
    ['text with a record separator', text('source', 'X\u001eY', 'substring')],
    ['decomposed finds composed', text('either', 'cafe\u0301', 'substring')],
    ['word', text('source', 'hund', 'word')],
    ['word beside an apostrophe is part of it', text('either', 'can', 'word')],
    ['word with an apostrophe inside', text('either', 'can’t', 'word')],
    ['word in Chinese', text('either', '苹果', 'word')],
    ['half a word in Chinese', text('either', '们喜', 'word')],
    ['Greek capitals', text('source', 'ΚΌΣΜΕ', 'word')],
    ['word with a number', text('target', '1,000', 'word')],
    ['expression', text('source', '^der .*[02468]$', 'regex')],
    ['expression, match case', text('source', '^der', 'regex', true)],
    ['expression that may be empty', text('source', 'x*', 'regex')],
    ['expression about signs of Unicode', text('either', '^\\p{Emoji_Presentation}', 'regex')],
    ['not around text', { kind: 'not', of: text('either', 'dog', 'substring') }],
    ['nested', { kind: 'any', of: [{ kind: 'all', of: [text('target', 'edited', 'word'), decision(null, 'conflict')] }, { kind: 'not', of: { kind: 'any', of: [decision(1, 'none'), { kind: 'number', column: 'sourceLength', relation: '>', value: 17 }] } }] }],
  ])('%s', async (_name, predicate) => {
    const expected = (rows.get(originOf()) ?? []).filter((row) => obvious(predicate, row)).map(({ id }) => id).toSorted((left, right) => left - right);
    const found = await project.pairs.select(originOf(), predicate);
    expect(found.length).toBe(expected.length);
    expect([...found].find((id, at) => id !== expected[at])).toBeUndefined();
  });

  it('dropped by the cut', async () => {
    const expected = (rows.get(originOf()) ?? []).filter((row) => row.dropReason === 'cut').length;
    expect(await project.pairs.count(originOf(), { kind: 'dropReason', value: 'cut' })).toBe(expected);
  });

  it('facets: one walk counts what each filter would', async () => {
    const predicate: Predicate = { kind: 'not', of: text('source', '7', 'substring') };
    const with_ = (part: Predicate): Promise<number> => project.pairs.count(originOf(), { kind: 'all', of: [predicate, part] });
    const facets = await project.pairs.facets({ origin: originOf(), predicate, by: 1 });
    expect([facets.count, facets.total]).toEqual([await project.pairs.count(originOf(), predicate), await project.pairs.count(originOf(), null)]);
    for (const value of ['none', 'accept', 'reject', 'unsure', 'conflict'] as const) expect([value, facets.decisions[value]]).toEqual([value, await with_(decision(1, value))]);
    for (const flag of ['flagged', 'personal-data', 'offensive'] as const) expect([flag, facets.flags[flag]]).toEqual([flag, await with_({ kind: 'flag', flag, value: true })]);
    expect(facets.edited).toBe(await with_({ kind: 'mark', mark: 'edited', value: true }));
    expect(facets.commented).toBe(await with_({ kind: 'mark', mark: 'commented', value: true }));
    for (const { check, open, ignored } of facets.checks) expect([check, open, ignored]).toEqual([check, await with_({ kind: 'check', check, state: 'open' }), await with_({ kind: 'check', check, state: 'ignored' })]);
    for (const { side, name, count } of facets.files) expect([side, name, count]).toEqual([side, name, await with_({ kind: 'file', side, name })]);
    expect(facets.files.filter(({ side }) => side === 'source').reduce((sum, { count }) => sum + count, 0)).toBe(facets.count);
    expect((await project.pairs.facets({ origin: originOf(), predicate, by: null })).decisions.conflict).toBe(await with_(decision(null, 'conflict')));
  });
});

describe('what cannot be asked', () => {
  it('is refused in words that help', async () => {
    await expect(project.pairs.count(run, text('source', '(', 'regex'))).rejects.toMatchObject({ data: { code: 'bad-input', message: expect.stringContaining('“(” is not a regular expression') } });
    await expect(project.pairs.count(run, { kind: 'check', check: 'nonsense', state: 'open' })).rejects.toMatchObject({ data: { code: 'bad-input' } });
  });

  it('an expression that would take years is stopped, and does not stop others', async () => {
    const years = project.pairs.count(run, text('source', '^(([^0-9]+)+)+!$', 'regex'));
    years.catch(() => undefined);
    expect(await project.pairs.count(run, text('source', 'hund', 'substring'))).toBeGreaterThan(0);
    await expect(years).rejects.toMatchObject({ data: { code: 'bad-input', message: expect.stringContaining('takes too long') } });
    expect(await project.pairs.count(run, text('source', '^der', 'regex'))).toBeGreaterThan(0);
  });

  it('an expression nobody waits for any more gives way to the next one', async () => {
    const stop = new AbortController();
    const years = project.pairs.count(run, text('source', '^(([^0-9]+)+)+\\?$', 'regex'), stop.signal);
    years.catch(() => undefined);
    await new Promise((done) => { setTimeout(done, 100); });
    stop.abort();
    await expect(years).rejects.toMatchObject({ name: 'AbortError' });
    expect(await project.pairs.count(run, text('source', '^der hund', 'regex'))).toBeGreaterThan(0);
  });
});

describe('orders', () => {
  it('sort and draw what follows from the texts', async () => {
    const { view, count } = await project.views.create({ origin: run, predicate: null, sort: { column: 'targetLength', descending: true } });
    const byId = new Map((rows.get(run) ?? []).map((row) => [row.id, numberOf(row, 'targetLength')]));
    const values = [...project.views.ids(view, 0, count)].map((id) => byId.get(id) ?? Number.NaN);
    expect(values.every((value, at) => at === 0 || value <= (values[at - 1] ?? 0))).toBe(true);
    expect(project.views.locate(view, 14)).toBe(values.findIndex((value) => value <= 14));
    const { counts, below, above, edges } = await project.pairs.histogram({ origin: run, column: 'lengthRatio', bins: 20, minimum: null, maximum: null, predicate: null });
    expect([counts.reduce((sum, one) => sum + one, 0), below, above, edges.length]).toEqual([count, 0, 0, 21]);
  });

  it('lose what is merged away, show what is split off behind its origin, and have both back after undo', async () => {
    const { view } = await project.views.create({ origin: bitext, predicate: null, sort: null });
    const before = [...project.views.ids(view, 0, 9)];
    const [one = 0, two = 0] = before;
    await project.operations.run(about, async (recorder) => {
      recorder.addPair(bitext, one);
      await recorder.hidePairs(bitext, Uint32Array.of(two));
    });
    const { first, count } = project.pairs.range(bitext);
    expect([...project.views.ids(view, 0, 9)]).toEqual([one, first + count - 1, ...before.slice(2)]);
    expect(project.views.page(view, 0, 2).map(({ review: { splitFrom } }) => splitFrom)).toEqual([null, one]);
    await project.operations.undo();
    expect([...project.views.ids(view, 0, 9)]).toEqual(before);
    await project.operations.redo();
    expect(project.views.get(view).count).toBe(await project.pairs.count(bitext, null));
  });
});

describe('counting', () => {
  it('tells "at least" on its way, never too many', async () => {
    const told: number[] = [];
    const predicate: Predicate = { kind: 'not', of: text('source', '[0-9]7 |^\\p{L}{3}.*3', 'regex') };
    const count = await project.pairs.count(run, predicate, undefined, (atLeast) => told.push(atLeast));
    expect(told.every((atLeast, at) => atLeast <= count && atLeast >= (told[at - 1] ?? 0))).toBe(true);
  });
});
