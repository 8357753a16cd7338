import type { PairOrigin, Predicate } from '../../main/contract/pairs.ts';
import type { Project } from '../../main/store/api.ts';

type Timed = <T>(name: string, body: () => T | Promise<T>, note?: (result: T, milliseconds: number) => string) => Promise<T>;

/**
 * What the first question of each kind costs in a project that was just opened: at once, and when it was opened a while ago and its pairs are warm.
 *
 * Each question has a project of its own; what the operating system keeps of the file stays.
 */
export const benchFirstUses = async (open: () => Project, origin: PairOrigin, word: string, timed: Timed): Promise<void> => {
  const kept: Predicate = { kind: 'kept', value: true };
  const uses: Readonly<Record<string, (project: Project, told: () => void) => Promise<unknown>>> = {
    'count of a column': ({ pairs }) => pairs.count(origin, { kind: 'number', column: 'cosine', relation: '>', value: 0.6 }),
    'histogram, kept': ({ pairs }) => pairs.histogram({ origin, column: 'margin', bins: 50, minimum: null, maximum: null, predicate: kept }),
    'histogram of length ratios': ({ pairs }) => pairs.histogram({ origin, column: 'lengthRatio', bins: 50, minimum: null, maximum: null, predicate: null }),
    'facets of kept': ({ pairs }) => pairs.facets({ origin, predicate: kept, by: null }),
    'whole word, either side': ({ pairs }, told) => pairs.count(origin, { kind: 'text', side: 'either', contains: word, matchCase: false, how: 'word' }, undefined, (atLeast) => { if (atLeast > 0) told(); }),
  };
  for (const [name, use] of Object.entries(uses)) {
    for (const wait of [0, warmAfter]) {
      const project = open();
      if (wait > 0) {
        project.pairs.warm(origin);
        await new Promise((go) => { setTimeout(go, wait); });
      }
      let first = '';
      const start = performance.now();
      await timed(`first use, ${wait > 0 ? 'warm' : 'cold'}: ${name}`, () => use(project, () => { first ||= `first found after ${(performance.now() - start).toFixed(0)} ms`; }), () => first);
      project.close();
    }
  }
};

/** Milliseconds in which a million pairs become warm on a busy machine, too. */
const warmAfter = 5_000;

/** Filters, counts, facets, histograms, views and pages over many pairs: a part of the benchmark of the store. `word` is one that stands in about a third of the sources. */
export const benchSelecting = async (project: Project, origin: PairOrigin, word: string, timed: Timed): Promise<void> => {
  const { pairs, views, operations } = project;
  const { first, count: size } = pairs.range(origin);
  const text = (contains: string, how: 'substring' | 'word' | 'regex', side: 'source' | 'either', matchCase = false): Predicate => ({ kind: 'text', side, contains, matchCase, how });
  const counted = async (name: string, predicate: Predicate): Promise<void> => {
    let firstTold = '';
    const before = process.cpuUsage();
    const start = performance.now();
    const told = (): string => {
      const { user, system } = process.cpuUsage(before);
      return `first told after ${(performance.now() - start).toFixed(0)} ms, processor ${((user + system) / 1_000).toFixed(0)} ms`;
    };
    await timed(`count: ${name}`, () => pairs.count(origin, predicate, undefined, () => { firstTold ||= told(); }), (count) => `${count}, ${firstTold}`);
  };
  const judging = { title: 'bench', annotator: 'bench' };
  const every = (step: number): Uint32Array => Uint32Array.from({ length: Math.floor(size / step) }, (_, at) => first + at * step);
  await operations.run(judging, (recorder) => recorder.judge(origin, every(3), { judge: 1, decision: 'accept', label: null, reason: null, at: 1 }));
  await operations.run(judging, (recorder) => recorder.judge(origin, every(4), { judge: 2, decision: 'reject', label: null, reason: null, at: 1 }));
  await operations.run(judging, (recorder) => recorder.setFlag(origin, every(5), 'flagged', true, 1));
  await operations.run(judging, (recorder) => recorder.setTexts(origin, every(Math.ceil(size / 10_000)), { target: every(Math.ceil(size / 10_000)).reduce<string[]>((texts, id) => { texts.push(`edited ${id}`); return texts; }, []) }));

  await counted('substring, any case, either side', text(`${word.toUpperCase()} x`, 'substring', 'either'));
  await counted('substring, any case, many matches', text(word, 'substring', 'either'));
  await counted('substring, one side, match case', text(word, 'substring', 'source', true));
  await counted('whole word, either side', text(word, 'word', 'either'));
  await counted('expression, either side (thread starts)', text(`^\\p{Lu}.*${word}.*\\d{3}$`, 'regex', 'either'));
  await counted('expression, either side, any case', text(`(${word}|nothing) \\w+ \\d`, 'regex', 'either'));
  await counted('the same again', text(`(${word}|nothing) \\w+ \\d`, 'regex', 'either'));

  const conflict: Predicate = { kind: 'decision', by: null, value: 'conflict' };
  const columnsOnly: Predicate = { kind: 'all', of: [{ kind: 'kept', value: true }, { kind: 'not', of: { kind: 'flag', flag: 'flagged', value: true } }, { kind: 'number', column: 'cosine', relation: '>', value: 0.6 }] };
  await timed('count: decision in force', () => pairs.count(origin, conflict), String);
  await timed('count: kept, not flagged, cosine', () => pairs.count(origin, columnsOnly), String);
  await timed('facets of all', () => pairs.facets({ origin, predicate: null, by: null }), ({ count }) => String(count));
  await timed('facets of kept, not flagged, cosine', () => pairs.facets({ origin, predicate: columnsOnly, by: 1 }), ({ count }) => String(count));
  await timed('histogram, 50 bins, kept', () => pairs.histogram({ origin, column: 'margin', bins: 50, minimum: null, maximum: null, predicate: { kind: 'kept', value: true } }));
  const ratios = (name: string) => timed(name, () => pairs.histogram({ origin, column: 'lengthRatio', bins: 50, minimum: null, maximum: null, predicate: null }));
  await ratios('histogram of length ratios (texts are measured)');
  await ratios('histogram of length ratios');
  await timed('count: length of the source', () => pairs.count(origin, { kind: 'number', column: 'sourceLength', relation: '<', value: 70 }), String);

  for (const column of ['margin', 'lengthRatio']) {
    const { view, count } = await timed(`view of all, sorted by ${column}`, () => views.create({ origin, predicate: null, sort: { column, descending: true } }), (made) => String(made.count));
    const page = (name: string, from: number): Promise<unknown> => timed(name, () => views.page(view, Math.min(from, count - 100), 100));
    await page('page of 100 rows, the first', 0);
    await page('page of 100 rows, in the middle (pages of the file may be cold)', Math.floor(count / 2));
    await page('page of 100 rows, in the middle', Math.floor(count / 2) + 100);
    await page('page of 100 rows, the last', count);
  }
  const queue = await timed('queue of all pairs, written', async () => {
    const ids = await pairs.select(origin, null);
    return project.queues.create({ origin, name: 'bench', predicate: conflict, sampling: { kind: 'all', sort: null }, scheme: 'accept-reject', annotators: [], overlap: 0, blind: false, createdAt: 0 }, { all: ids, shares: new Map() });
  });
  await timed('queue: standing (judged, no longer match)', () => project.queues.standing(queue, 1), ({ judged, noLongerMatch }) => `${judged}, ${noLongerMatch}`);
};
