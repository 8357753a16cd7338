import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../contract/errors.ts';
import type { PairEvent } from '../../contract/review.ts';
import { openReview } from './testing.ts';

type Room = Awaited<ReturnType<typeof openReview>>;
let room: Room;
beforeEach(async () => { room = await openReview(['Guten Tag. Auf Wiedersehen.', 'Das Boot fährt um 8.', 'Hallo', '„Ja“,  sagte er !!'], ['Good day. Goodbye.', 'The boat leaves at 8.', 'Hello', '“Yes”,\u200b he said!!!']); });
afterEach(() => room.close());

const failureOf = async (call: Promise<unknown>) => {
  const thrown: unknown = await call.then(() => null, (error: unknown) => error);
  if (thrown instanceof Failure) return thrown.data;
  throw new Error(`expected a failure, got ${String(thrown)}`);
};
const on = (...pairs: readonly number[]) => ({ origin: room.origin, pairs: pairs.map((pair) => room.first + pair), annotator: room.anna });
const one = (pair: number) => ({ origin: room.origin, pair: room.first + pair, annotator: room.anna });
const plain = { label: null, reason: null, adjudicate: false } as const;
const history = async (pair: number, annotator = room.anna) => (await room.client.call('review.history', { ...one(pair), annotator }))
  .map(({ kind, side, before, after, undone, name }): readonly (PairEvent['kind'] | string | boolean | null)[] => [kind, side, before, after, undone, name]);

describe('judging', () => {
  it('writes at once: the row as it reads now, an entry that undo takes back, a line in the history', async () => {
    const { rows, entry } = await room.client.call('review.judge', { ...on(1), decision: 'reject', ...plain, reason: 'partly' });
    expect(rows[0]).toMatchObject({ id: room.first + 1, kept: false, dropReason: 'rejected', review: { decision: 'reject', judged: [{ annotator: room.anna, decision: 'reject', reason: 'partly' }] } });
    expect(entry).toMatchObject({ annotator: 'anna', state: 'applied', focusPair: room.first + 1, title: `Rejected: pair ${room.first + 1}` });
    expect(await history(1)).toEqual([['decision', null, 'none', 'reject', false, 'anna'], ['mined', null, null, null, false, 'de to en']]);
    await room.project().operations.undo();
    expect((await history(1))[0]).toEqual(['decision', null, 'none', 'reject', true, 'anna']);
  });

  it('by a label takes the decision of the label, and a path must end at an answer', async () => {
    const label = (path: string[]) => ({ ...on(0), decision: 'none' as const, label: { scheme: 'macocu', path }, reason: null, adjudicate: false });
    const { rows } = await room.client.call('review.judge', label(['languages', 'content', 'LQT']));
    expect(rows[0]?.review.judged).toMatchObject([{ decision: 'reject', label: 'languages / content / LQT' }]);
    expect((await failureOf(room.client.call('review.judge', label(['languages'])))).code).toBe('bad-input');
    expect((await failureOf(room.client.call('review.judge', { ...label([]), label: { scheme: 'none', path: ['V'] } }))).code).toBe('not-found');
    expect((await history(0)).slice(0, 2)).toEqual([['label', null, null, 'languages / content / LQT', false, 'anna'], ['decision', null, 'none', 'reject', false, 'anna']]);
  });

  it('several at once, differing annotators, and the adjudicator', async () => {
    await room.client.call('review.judge', { ...on(0, 1, 2), decision: 'accept', ...plain });
    await room.client.call('review.judge', { ...on(1), annotator: room.ben, decision: 'reject', ...plain });
    expect(room.project().pairs.rows(room.origin, [room.first, room.first + 1]).map(({ review }) => review.decision)).toEqual(['accept', 'conflict']);
    const { rows } = await room.client.call('review.judge', { ...on(1), annotator: room.ben, decision: 'accept', ...plain, adjudicate: true });
    expect(rows[0]?.review.decision).toBe('accept');
    expect((await room.client.call('review.annotators', {})).map(({ name, judged, today, perHour }) => [name, judged, today, perHour])).toEqual([['anna', 3, 0, null], ['ben', 1, 0, null]].map(([name, judged, , perHour]) => [name, judged, judged, perHour]));
  });

  it('refuses strangers, pairs of others, and a conflict', async () => {
    expect((await failureOf(room.client.call('review.judge', { ...on(0), annotator: 99, decision: 'accept', ...plain }))).code).toBe('not-found');
    expect((await failureOf(room.client.call('review.judge', { ...on(4), decision: 'accept', ...plain }))).code).toBe('not-found');
    expect((await failureOf(room.client.call('review.judge', { ...on(0), decision: 'conflict', ...plain }))).code).toBe('bad-input');
    expect(room.project().operations.history(null, 9)).toEqual([]);
  });

  it('flags and comments, and takes them back', async () => {
    await room.client.call('review.flag', { ...on(0, 2), flag: 'personal-data', value: true });
    const { rows } = await room.client.call('review.comment', { ...one(0), text: '  Name of a person  ' });
    expect(rows[0]?.review).toMatchObject({ flags: ['personal-data'], comments: 1 });
    expect((await failureOf(room.client.call('review.comment', { ...one(0), text: ' ' }))).code).toBe('bad-input');
    expect((await history(0)).slice(0, 2)).toEqual([['comment', null, null, 'Name of a person', false, 'anna'], ['flag', null, null, 'personal-data', false, 'anna']]);
    await room.project().operations.undo();
    expect(room.project().pairs.rows(room.origin, [room.first])[0]?.review).toMatchObject({ flags: ['personal-data'], comments: 0 });
  });
});

describe('editing', () => {
  it('keeps the original beside the edited text, on one line and without NUL', async () => {
    const { rows } = await room.client.call('review.edit', { ...one(2), side: 'target', text: 'Hello\r\nthere\0\ud800' });
    expect(rows[0]?.target).toMatchObject({ text: 'Hello there\ufffd', original: 'Hello' });
    await room.client.call('review.edit', { ...one(2), side: 'target', text: null });
    expect(room.texts(room.first + 2)).toEqual(['Hallo', 'Hello']);
    expect((await failureOf(room.client.call('review.edit', { ...one(2), side: 'target', text: 'x'.repeat(1_000_001) }))).code).toBe('bad-input');
  });

  it('an edit ends the draft of its side; other drafts stay', async () => {
    for (const side of ['source', 'target'] as const) await room.client.call('review.saveDraft', { ...one(2), side, text: `half ${side}` });
    await room.client.call('review.edit', { ...one(2), side: 'source', text: 'Hallo!' });
    room.reopen();
    expect(await room.client.call('review.drafts', { origin: room.origin, annotator: room.anna })).toEqual([{ pair: room.first + 2, side: 'target', text: 'half target' }]);
    expect(await room.client.call('review.drafts', { origin: room.origin, annotator: room.ben })).toEqual([]);
  });

  it('splits at grapheme edges into a pair behind, which undo takes away', async () => {
    const { rows } = await room.client.call('review.split', { ...one(0), sourceAt: 10, targetAt: 9 });
    expect(rows.map(({ source, target, review }) => [source.text, target.text, review.splitFrom])).toEqual([['Guten Tag.', 'Good day.', null], ['Auf Wiedersehen.', 'Goodbye.', room.first]]);
    expect(await history(4)).toEqual([['split', 'target', 'Good day. Goodbye.', 'Goodbye.', false, 'anna'], ['split', 'source', 'Guten Tag. Auf Wiedersehen.', 'Auf Wiedersehen.', false, 'anna'], ['mined', null, null, null, false, 'de to en']]);
    await room.project().operations.undo();
    expect(await room.project().pairs.count(room.origin, null)).toBe(4);
    expect((await failureOf(room.client.call('review.edit', { ...one(4), side: 'source', text: 'x' }))).code).toBe('not-found');
    expect((await failureOf(room.client.call('review.split', { ...one(0), sourceAt: 10, targetAt: 99 }))).message).toContain('target');
  });

  it('merges into the first in the given order, and hides the others', async () => {
    const { rows } = await room.client.call('review.merge', on(2, 0));
    expect(rows.map(({ id, source, target }) => [id - room.first, source.text, target.text])).toEqual([[2, 'Hallo Guten Tag. Auf Wiedersehen.', 'Hello Good day. Goodbye.']]);
    expect([...await room.project().pairs.select(room.origin, null)]).toEqual([1, 2, 3].map((pair) => room.first + pair));
    expect((await failureOf(room.client.call('review.merge', on(2, 0)))).code).toBe('not-found');
    expect((await failureOf(room.client.call('review.merge', on(2, 2)))).message).toContain('at least two');
    await room.project().operations.undo();
    expect(room.texts(room.first)).toEqual(['Guten Tag. Auf Wiedersehen.', 'Good day. Goodbye.']);
    expect(await room.project().pairs.count(room.origin, null)).toBe(4);
  });

  it('splits and merges back to the imported text', async () => {
    const { rows } = await room.client.call('review.split', { ...one(0), sourceAt: 10, targetAt: 9 });
    await room.client.call('review.merge', { origin: room.origin, pairs: rows.map(({ id }) => id), annotator: room.anna });
    expect(room.project().pairs.rows(room.origin, [room.first])[0]).toMatchObject({ source: { text: 'Guten Tag. Auf Wiedersehen.', original: null }, target: { original: null } });
  });

  it('swaps and swaps back', async () => {
    await room.client.call('review.swap', on(2));
    expect(room.texts(room.first + 2)).toEqual(['Hello', 'Hallo']);
    const { rows } = await room.client.call('review.swap', on(2));
    expect(rows[0]?.source).toMatchObject({ text: 'Hallo', original: null });
  });

  it('normalises the side asked for, and says so only where something changed', async () => {
    await room.client.call('review.normalise', { ...on(1, 3), side: 'target', steps: ['quotes', 'controls', 'repeated-punctuation'] });
    expect(room.texts(room.first + 3)).toEqual(['„Ja“,  sagte er !!', '"Yes", he said!']);
    expect((await history(3)).length).toBe(2);
    expect((await history(1)).length).toBe(1);
  });

  it('goes back to what a pair read like after any event, undone ones too', async () => {
    await room.client.call('review.edit', { ...one(2), side: 'source', text: 'eins' });
    await room.client.call('review.swap', on(2));
    await room.client.call('review.edit', { ...one(2), side: 'source', text: 'drei' });
    await room.project().operations.undo();
    const events = await room.client.call('review.history', one(2));
    expect(events.map(({ kind, after, undone }) => [kind, after, undone])).toEqual([['edit', 'drei', true], ['swap', 'eins', false], ['swap', 'Hello', false], ['edit', 'eins', false], ['mined', null, false]]);
    const restore = async (event: number | undefined) => { await room.client.call('review.restore', { ...one(2), event: event ?? -1 }); return room.texts(room.first + 2); };
    expect(await restore(events[4]?.id)).toEqual(['Hallo', 'Hello']);
    expect(await restore(events[3]?.id)).toEqual(['eins', 'Hello']);
    expect(await restore(events[1]?.id)).toEqual(['Hello', 'eins']);
    // Forgotten since by the restores before: what it wrote itself is all that is known, and the entry says so.
    expect(await restore(events[0]?.id)).toEqual(['drei', 'eins']);
    expect(room.project().operations.history(null, 1)[0]?.title).toBe(`Restored the source of pair ${room.first + 2}`);
    expect((await failureOf(room.client.call('review.restore', { ...one(2), event: 9_999 }))).code).toBe('not-found');
  });
});

describe('a change that was undone and has been replaced since', () => {
  it('is restored with both sides where it wrote both, and refused in words where it wrote none', async () => {
    await room.client.call('review.swap', on(2));
    await room.client.call('review.judge', { ...on(2), decision: 'accept', ...plain });
    await room.project().operations.undo();
    await room.project().operations.undo();
    await room.client.call('review.edit', { ...one(2), side: 'source', text: 'anders' });
    const events = await room.client.call('review.history', one(2));
    expect(events.map(({ kind, undone }) => [kind, undone])).toEqual([['edit', false], ['decision', true], ['swap', true], ['swap', true], ['mined', false]]);
    await room.client.call('review.restore', { ...one(2), event: events[2]?.id ?? -1 });
    expect(room.texts(room.first + 2)).toEqual(['Hello', 'Hallo']);
    expect(await failureOf(room.client.call('review.restore', { ...one(2), event: events[1]?.id ?? -1 }))).toMatchObject({ code: 'not-found', message: expect.stringContaining('Nobody knows any more') });
    expect(room.texts(room.first + 2)).toEqual(['Hello', 'Hallo']);
  });
});

describe('schemes', () => {
  const own = { id: 'ours', title: 'Ours', source: 'us', ordered: false, reasons: [], custom: false, labels: [{ id: 'yes', title: 'Yes', decision: 'accept' as const, children: [] }] };
  it('of the project are kept, used and removed', async () => {
    expect((await room.client.call('review.saveScheme', { scheme: own })).map(({ id, custom }) => [id, custom])).toEqual([['accept-reject', false], ['elrc', false], ['macocu', false], ['ours', true]]);
    room.reopen();
    const { rows } = await room.client.call('review.judge', { ...on(0), decision: 'none', label: { scheme: 'ours', path: ['yes'] }, reason: null, adjudicate: false });
    expect(rows[0]?.review.decision).toBe('accept');
    expect((await room.client.call('review.removeScheme', { id: 'ours' })).length).toBe(3);
    expect((await failureOf(room.client.call('review.removeScheme', { id: 'elrc' }))).code).toBe('bad-input');
    expect((await failureOf(room.client.call('review.saveScheme', { scheme: { ...own, labels: [] } }))).code).toBe('bad-input');
  });
});
