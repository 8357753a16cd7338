import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../contract/errors.ts';
import type { BulkAction } from '../../contract/review-bulk.ts';
import type { Predicate } from '../../contract/pairs.ts';
import { openReview } from './testing.ts';

/** More than two slices. */
const size = 5_000;
let room: Awaited<ReturnType<typeof openReview>>;
beforeEach(async () => {
  const texts = (words: string) => Array.from({ length: size }, (_, at) => `${words} ${at}, ${words} ${at % 7}`);
  room = await openReview(texts('Zeile'), texts('line'));
});
afterEach(() => room.close());

const replace = (part: Partial<Extract<BulkAction, { kind: 'replace' }>>): BulkAction => ({ kind: 'replace', side: 'target', find: '', with: '', regex: false, matchCase: true, wholeWord: false, wholeGraphemes: false, ...part });
const scope = (action: BulkAction, more: { predicate?: Predicate; excluded?: number[] } = {}) => ({ origin: room.origin, predicate: more.predicate ?? null, action, excluded: more.excluded ?? [], annotator: room.anna });
const apply = (action: BulkAction, more: Parameters<typeof scope>[1] = {}) => room.client.stream('review.bulkApply', scope(action, more));
const preview = (action: BulkAction, more: Parameters<typeof scope>[1] = {}, sample = 20, seed = 1) => room.client.stream('review.bulkPreview', { ...scope(action, more), sample, seed });
const codeOf = async (call: Promise<unknown>) => {
  const thrown: unknown = await call.then(() => null, (error: unknown) => error);
  return thrown instanceof Failure ? thrown.data : { code: String(thrown), message: '' };
};
const sevens: Predicate = { kind: 'text', side: 'target', contains: 'line 6', matchCase: true };

describe('a preview', () => {
  it('counts pairs and places of all that match, and shows a sample that stands still while rows are left out', async () => {
    const action = replace({ find: 'line', with: 'row' });
    const all = await preview(action);
    expect(all).toMatchObject({ matched: size, changing: size, places: size * 2, excluded: 0, wouldFail: 0 });
    expect(all.sample.length).toBe(20);
    expect(all.sample[0]).toMatchObject({ row: { target: { text: expect.stringContaining('line') } }, source: null, target: expect.stringContaining('row'), excluded: false });
    const out = all.sample.slice(0, 3).map(({ row }) => row.id);
    const fewer = await preview(action, { excluded: [...out, -1] });
    expect(fewer).toMatchObject({ matched: size, changing: size - 3, places: (size - 3) * 2, excluded: 3 });
    expect(fewer.sample.map(({ row }) => row.id)).toEqual(all.sample.map(({ row }) => row.id));
    expect(fewer.sample.filter(({ excluded }) => excluded).map(({ row }) => row.id)).toEqual(out);
    expect((await preview(action, {}, 20, 2)).sample.map(({ row }) => row.id)).not.toEqual(all.sample.map(({ row }) => row.id));
    expect(room.project().operations.history(null, 1)).toEqual([]);
  });

  it('tells how many of the sample would have a new error of a check', async () => {
    expect((await preview(replace({ find: String.raw`\d+$`, with: 'x', regex: true }))).wouldFail).toBeGreaterThan(0);
  });

  it('of an expression that is none says what is wrong with it', async () => {
    expect(await codeOf(preview(replace({ find: '(', regex: true })))).toMatchObject({ code: 'bad-input', message: expect.stringContaining('not a regular expression') });
  });
});

describe('applying', () => {
  it('a replacement by an expression with groups, some left out: one entry, undone and done again after a restart', async () => {
    const matching = [...await room.project().pairs.select(room.origin, sevens)];
    const excluded = matching.slice(0, 2);
    const progress: number[] = [];
    const { entry, changed } = await room.client.stream('review.bulkApply', scope(replace({ find: String.raw`line (?<no>\d+)$`, with: '#$<no>', regex: true }), { predicate: sevens, excluded }), { onItem: ({ done }) => { progress.push(done); } });
    expect(changed).toBe(matching.length - 2);
    expect(progress.at(-1)).toBe(matching.length - 2);
    expect(entry).toMatchObject({ title: `Replaced “line (?<no>\\d+)$” with “#$<no>” in ${changed.toLocaleString('en')} pairs`, state: 'applied', focusPair: matching[2] });
    expect(room.texts(matching[2] ?? 0)[1]).toMatch(/^line \d+, #\d$/);
    expect(room.texts(excluded[0] ?? 0)[1]).not.toContain('#');
    expect(await room.project().pairs.count(room.origin, { kind: 'text', side: 'target', contains: '#', matchCase: true })).toBe(changed);
    expect(room.touched).toEqual(['touched']);
    room.reopen();
    expect((await room.project().operations.undo())?.focusPair).toBe(matching[2]);
    expect(await room.project().pairs.count(room.origin, { kind: 'mark', mark: 'edited', value: true })).toBe(0);
    await room.project().operations.redo();
    expect(await room.project().pairs.count(room.origin, { kind: 'mark', mark: 'edited', value: true })).toBe(changed);
    const [event] = await room.client.call('review.history', { origin: room.origin, pair: matching[2] ?? 0, annotator: room.anna });
    expect(event).toMatchObject({ kind: 'bulk', name: 'anna', side: 'target', title: entry.title, undone: false, after: expect.stringContaining('#') });
  });

  it('decisions and flags change those that differ', async () => {
    await apply({ kind: 'decide', decision: 'reject', reason: 'partly' }, { predicate: sevens });
    const rejected = await room.project().pairs.count(room.origin, sevens);
    const { changed } = await apply({ kind: 'decide', decision: 'reject', reason: null });
    expect(changed).toBe(size - rejected);
    await apply({ kind: 'flag', flag: 'offensive', value: true });
    expect(await codeOf(apply({ kind: 'flag', flag: 'offensive', value: true }))).toMatchObject({ code: 'bad-input', message: expect.stringContaining('Nothing would change') });
    expect(room.project().pairs.rows(room.origin, [room.first + 6])[0]).toMatchObject({ dropReason: 'rejected', review: { flags: ['offensive'], judged: [{ reason: 'partly' }] } });
    expect((await room.client.call('review.history', { origin: room.origin, pair: room.first + 6, annotator: room.anna })).map(({ kind, before, after }) => [kind, before, after])).toEqual([['bulk', null, 'offensive'], ['bulk', 'none', 'reject'], ['mined', null, null]]);
    for (let at = 0; at < 3; at += 1) await room.project().operations.undo();
    expect(room.project().pairs.rows(room.origin, [room.first + 6])[0]).toMatchObject({ kept: true, review: { flags: [], judged: [] } });
  });

  it('swap, normalise and restore end where they began', async () => {
    await apply({ kind: 'swap' });
    expect(room.texts(room.first + 3)).toEqual(['line 3, line 3', 'Zeile 3, Zeile 3']);
    await apply(replace({ side: 'both', find: ' ', with: '\u3000\n' }));
    await apply({ kind: 'normalise', side: 'both', steps: ['full-width', 'spaces'] });
    expect(room.texts(room.first + 3)).toEqual(['line 3, line 3', 'Zeile 3, Zeile 3']);
    await apply({ kind: 'restore', side: 'both' });
    expect(room.texts(room.first + 3)).toEqual(['Zeile 3, Zeile 3', 'line 3, line 3']);
    expect(await room.project().pairs.count(room.origin, { kind: 'mark', mark: 'edited', value: true })).toBe(0);
  });

  it('an expression that would never end is stopped, and nothing is changed', async () => {
    await room.client.call('review.edit', { origin: room.origin, pair: room.first + 4_000, annotator: room.anna, side: 'target', text: `${'a'.repeat(60)}!` });
    const before = room.project().operations.history(null, 9).length;
    const failure = await codeOf(apply(replace({ find: '(a+)+$', with: 'b', regex: true })));
    expect(failure).toMatchObject({ code: 'bad-input', message: expect.stringContaining('takes too long on “aaaa') });
    expect(room.project().operations.history(null, 9).length).toBe(before);
  });
});
