import type { Decision, Flag, PairOrigin } from '../../contract/pairs.ts';
import type { MergedWork } from '../../contract/review-team.ts';
import type { Side } from '../../contract/review.ts';
import type { Project, Recorder } from '../../store/api.ts';
import type { NewEvent, PairJudgement, StoredAnnotator } from '../../store/api-review.ts';
import { sortByKey } from '../../store/order.ts';
import { createPacer } from '../../store/pacer.ts';
import { columnsOfJudge, decisionColumn, decisionOf, flagBits, flagsColumn, type Judge } from '../../store/review-columns.ts';
import { recheck, recheckedAtMost } from './checks-recheck.ts';
import type { ReviewContext } from './context.ts';
import { asEdit } from './editing.ts';

/** What was done elsewhere to one pair of this project. */
export type Brought = {
  readonly line: number;
  readonly pair: number;
  /** Seconds since 1970; null: not known. */
  readonly said: readonly { readonly judge: Judge; readonly decision: Decision; readonly label: string | null; readonly reason: string | null; readonly at: number | null }[];
  readonly flags: readonly Flag[];
  /** `from`: the text that was edited; null: whatever stands here. */
  readonly edits: readonly { readonly side: Side; readonly from: string | null; readonly to: string }[];
  readonly comments: readonly string[];
  /** What cannot be taken over beside what is here: kept as a comment, and the pair is flagged, so that somebody decides. */
  readonly dispute?: string;
};

/** Pairs of this project that were cut or joined elsewhere, and read here as they were sent: the same is done here. `made[].pair` null: it is split from `from`. */
export type Regrouping = {
  readonly pairs: readonly number[];
  /** Seconds since 1970. */
  readonly at: number;
  readonly made: readonly { readonly pair: number | null; readonly from: number; readonly source: string; readonly target: string; readonly brought: Brought }[];
  /** `into`: place in `made`. */
  readonly gone: readonly { readonly pair: number; readonly into: number }[];
};

/** A line that could not be taken over, or not wholly. */
export type Refused = MergedWork['unknown'][number];

export type Merging = {
  readonly origin: PairOrigin;
  readonly brought: readonly Brought[];
  readonly regroupings?: readonly Regrouping[];
  /** Whose comments these are, and whose name the entry of the history bears. */
  readonly by: StoredAnnotator;
  readonly title: string;
  /** What a judge said here later than there stays. */
  readonly newerWins: boolean;
};

type Change = { readonly pair: number; readonly said: readonly (PairJudgement & { readonly judge: Judge; readonly before: string })[]; readonly flags: readonly Flag[]; readonly texts: Readonly<Record<Side, string | undefined>>; readonly comments: readonly string[] };

/** Pairs compared, and pairs written, at once, and milliseconds of that in one turn of the event loop. */
const compared = 1_024;
const written = 1_024;
const turn = 8;

/** Takes over what differs from what is here, as one entry of the history; where nothing does, none is made. Whoever cancels is answered at once, and nothing is kept. */
export const mergeBrought = async (context: ReviewContext, asked: Merging, signal: AbortSignal): Promise<Omit<MergedWork, 'unknown' | 'unlisted'> & { readonly refused: readonly Refused[] }> => {
  const project = context.project();
  const merging = { ...asked, brought: await inPairOrder(asked.brought, signal) };
  const { regroupings = [] } = merging;
  const { changes, disputed, refused } = await plan(project, merging, Math.floor(context.now() / 1_000), signal);
  if (changes.length + regroupings.length > 0) await apply(context, merging, changes, signal);
  const made = regroupings.reduce((sum, one) => sum + one.made.length, 0);
  return { merged: changes.length + made, unchanged: merging.brought.length - changes.length, conflicts: await conflictsAmong(project, merging, disputed, signal), refused };
};

/** Pairs that stand close together are read and written together, whichever order the file has them in. */
const inPairOrder = async (brought: readonly Brought[], signal: AbortSignal): Promise<readonly Brought[]> => {
  const length = brought.length;
  const keyed = { high: new Uint32Array(length), low: Uint32Array.from(brought, ({ pair }) => pair), items: Uint32Array.from({ length }, (_, at) => at) };
  return Array.from(await sortByKey(keyed, createPacer(signal, turn)), (at) => brought[at]).filter((one) => one !== undefined);
};

/** Pairs on which annotators differ, or whose texts were changed in two places. */
const conflictsAmong = async (project: Project, { origin, brought }: Merging, disputed: ReadonlySet<number>, signal: AbortSignal): Promise<number> => {
  const pace = createPacer(signal, turn);
  const decisions = project.columns.find(origin, decisionColumn);
  let conflicts = disputed.size;
  for (let from = 0; decisions !== null && from < brought.length; from += compared) {
    const values = project.columns.valuesOf(decisions, brought.slice(from, from + compared).map(({ pair }) => pair).filter((pair) => !disputed.has(pair)));
    conflicts += values.filter((value) => decisionOf(Number(value)) === 'conflict').length;
    await pace();
  }
  return conflicts;
};

const plan = async (project: Project, merging: Merging, seconds: number, signal: AbortSignal): Promise<{ readonly changes: readonly Change[]; readonly disputed: ReadonlySet<number>; readonly refused: readonly Refused[] }> => {
  const pace = createPacer(signal, turn);
  const changes: Change[] = [];
  const disputed = new Set<number>();
  const refused: Refused[] = [];
  for (let from = 0; from < merging.brought.length; from += compared) {
    const part = merging.brought.slice(from, from + compared);
    const here = standOf(project, merging.origin, part);
    part.forEach((one, at) => {
      const now = here(at);
      const said = one.said.filter((judgement) => differs(judgement, now.said(judgement.judge), merging.newerWins))
        .map((judgement) => ({ ...judgement, pair: one.pair, at: judgement.at ?? seconds, before: now.said(judgement.judge).decision }));
      const edits = one.edits.filter(({ side, to }) => to !== now.text(side));
      const free = edits.filter(({ side, from: sent }) => sent === null || sent === now.text(side));
      for (const { side } of edits) if (!free.some((edit) => edit.side === side)) refused.push({ line: one.line, reason: `the ${side} of pair ${one.pair} was changed here as well; the text here stays, the other is a comment on it` });
      const disputes = [...one.dispute === undefined ? [] : [one.dispute], ...edits.filter((edit) => !free.includes(edit)).map(({ side, to }) => `The ${side}, as ${merging.by.name} edited it: ${to}`.slice(0, longestComment).toWellFormed())];
      if (disputes.length > 0) disputed.add(one.pair);
      const fresh = disputes.filter((text) => !now.hasComment(merging.by.id, text));
      const comments = [...one.comments.filter((text) => !now.hasComment(merging.by.id, text)), ...fresh];
      const flags = [...new Set([...one.flags, ...fresh.map(() => 'flagged' as const)])].filter((flag) => !now.hasFlag(flag));
      const texts = { source: free.find(({ side }) => side === 'source')?.to, target: free.find(({ side }) => side === 'target')?.to };
      if (said.length + flags.length + free.length + comments.length > 0) changes.push({ pair: one.pair, said, flags, texts, comments });
    });
    await pace();
  }
  return { changes, disputed, refused };
};

const longestComment = 10_000;

type Said = { readonly decision: Decision; readonly label: string | null; readonly reason: string | null; readonly at: number };

const differs = (there: Brought['said'][number], here: Said, newerWins: boolean): boolean => {
  const isSame = there.decision === here.decision && there.label === here.label && there.reason === here.reason;
  if (isSame && (there.at === null || there.at === here.at)) return false;
  return !newerWins || here.at === 0 || (there.at ?? 0) > here.at;
};

/** Everything about a slice of pairs as it stands here. */
const standOf = (project: Project, origin: PairOrigin, part: readonly Brought[]) => {
  const pairs = part.map(({ pair }) => pair);
  const values = (name: string): readonly (number | string | null)[] => {
    const column = project.columns.find(origin, name);
    return column === null ? [] : project.columns.valuesOf(column, pairs);
  };
  const flags = values(flagsColumn);
  const edited = part.filter(({ edits }) => edits.length > 0).map(({ pair }) => pair);
  const texts = edited.length === 0 ? null : project.pairs.texts(origin, edited);
  const textPlaces = new Map(edited.map((pair, at) => [pair, at]));
  const comments = new Set(project.reviews.comments(part.filter(({ comments, edits, dispute }) => comments.length > 0 || dispute !== undefined || edits.some(({ from }) => from !== null)).map(({ pair }) => pair)).map(({ pair, annotator, text }) => JSON.stringify([pair, annotator, text])));
  const judges = new Map([...new Set(part.flatMap(({ said }) => said.map(({ judge }) => judge)))].map((judge) => {
    const names = columnsOfJudge(judge);
    return [judge, { decisions: values(names.decision), labels: values(names.label), reasons: values(names.reason), times: values(names.at) }] as const;
  }));
  const word = (value: number | string | null | undefined): string | null => (typeof value === 'string' ? value : null);
  return (at: number) => ({
    /** Of a pair to which edits were brought. */
    text: (side: Side): string => texts?.[side][textPlaces.get(pairs[at] ?? -1) ?? -1] ?? '',
    hasFlag: (flag: Flag): boolean => (Number(flags[at] ?? 0) & flagBits[flag]) !== 0,
    hasComment: (annotator: number, text: string): boolean => comments.has(JSON.stringify([pairs[at], annotator, text])),
    said: (judge: Judge): Said => {
      const own = judges.get(judge);
      return { decision: decisionOf(Number(own?.decisions[at] ?? 0)), label: word(own?.labels[at]), reason: word(own?.reasons[at]), at: Number(own?.times[at] ?? 0) };
    },
  });
};

const apply = async (context: ReviewContext, { origin, by, title, regroupings = [] }: Merging, planned: readonly Change[], signal: AbortSignal): Promise<void> => {
  const project = context.project();
  const pace = createPacer(signal, turn);
  const isRechecked = planned.filter(({ texts }) => texts.source !== undefined || texts.target !== undefined).length <= recheckedAtMost;
  await project.operations.run({ title, annotator: by.name, focusPair: planned[0]?.pair ?? regroupings[0]?.pairs[0] ?? null, bulk: true, signal }, async (recorder) => {
    const changes = [...planned];
    for (const regrouping of regroupings) {
      changes.push(...await regroup(project, recorder, origin, by, regrouping));
      await pace();
    }
    for (let from = 0; from < changes.length; from += written) {
      const part = changes.slice(from, from + written);
      for (const judge of new Set(part.flatMap(({ said }) => said.map((one) => one.judge)))) {
        await recorder.judgeEach(origin, judge, part.flatMap(({ said }) => said.filter((one) => one.judge === judge)));
        await pace();
      }
      for (const flag of new Set(part.flatMap(({ flags }) => flags))) await recorder.setFlag(origin, pairsWith(part, ({ flags }) => flags.includes(flag)), flag, true, by.id);
      await writeTexts(project, recorder, origin, part, isRechecked);
      await pace();
      const commented = pairsWith(part, ({ comments }) => comments.length > 0);
      if (commented.length > 0) await recorder.setMark(origin, commented, 'commented', true);
      recorder.addEvents(part.flatMap((change) => eventsOf(change, by.id, context.now())));
      // Short changes are over when they are asked for: waiting for them alone would let nobody else in.
      await pace();
    }
  });
};

/** Makes of the pairs here what was made of them there; what was said of the outcome is left to be written like all else. */
const regroup = async (project: Project, recorder: Recorder, origin: PairOrigin, by: StoredAnnotator, { made, gone, at }: Regrouping): Promise<readonly Change[]> => {
  const ids = Uint32Array.from(made, ({ pair, from }) => pair ?? recorder.addPair(origin, from));
  const { original } = project.pairs.texts(origin, ids);
  const texts = { source: made.map(({ source }) => source), target: made.map(({ target }) => target) };
  await recorder.setTexts(origin, ids, { source: texts.source.map((text, place) => asEdit(text, original.source[place])), target: texts.target.map((text, place) => asEdit(text, original.target[place])) });
  recheck(project, recorder, origin, ids, texts);
  await recorder.hidePairs(origin, Uint32Array.from(gone, ({ pair }) => pair));
  const event = (pair: number, kind: 'split' | 'merge', after: string | null): NewEvent => ({ pair, annotator: by.id, kind, side: null, before: null, after, at: at * 1_000 });
  const parents = new Set(made.filter(({ pair }) => pair === null).map(({ from }) => from));
  recorder.addEvents([
    ...made.flatMap(({ pair, from }, place) => (pair === null || parents.has(from) ? [event(ids[place] ?? 0, 'split', null)] : [])),
    ...gone.map(({ pair, into }) => event(pair, 'merge', String(ids[into] ?? 0))),
  ]);
  const now = standOf(project, origin, made.map(({ brought }, place) => ({ ...brought, pair: ids[place] ?? 0 })));
  return made.map(({ brought }, place): Change => ({
    pair: ids[place] ?? 0, texts: { source: undefined, target: undefined }, flags: brought.flags.filter((flag) => !now(place).hasFlag(flag)), comments: brought.comments.filter((text) => !now(place).hasComment(by.id, text)),
    said: brought.said.filter((judgement) => differs(judgement, now(place).said(judgement.judge), true)).map((judgement) => ({ ...judgement, pair: ids[place] ?? 0, at: judgement.at ?? at, before: now(place).said(judgement.judge).decision })),
  }));
};

const pairsWith = (changes: readonly Change[], has: (change: Change) => boolean): Uint32Array => Uint32Array.from(changes.filter(has), ({ pair }) => pair);

/** The texts' own records tell the history of each pair about them. */
const writeTexts = async (project: Project, recorder: Recorder, origin: PairOrigin, part: readonly Change[], isRechecked: boolean): Promise<void> => {
  const edited = part.filter(({ texts }) => texts.source !== undefined || texts.target !== undefined);
  if (edited.length === 0) return;
  const ids = Uint32Array.from(edited, ({ pair }) => pair);
  const now = project.pairs.texts(origin, ids);
  const edits = (side: Side): (string | null | undefined)[] => edited.map(({ texts }, at) => { const text = texts[side]; return text === undefined ? undefined : asEdit(text, now.original[side][at]); });
  await recorder.setTexts(origin, ids, { source: edits('source'), target: edits('target') });
  if (!isRechecked) return;
  const asTheyRead = (side: Side): readonly string[] => edited.map(({ texts }, at) => texts[side] ?? now[side][at] ?? '');
  recheck(project, recorder, origin, ids, { source: asTheyRead('source'), target: asTheyRead('target') });
};

const eventsOf = ({ pair, said, flags, comments }: Change, annotator: number, at: number): readonly NewEvent[] => [
  ...said.map(({ judge, decision, before, at: seconds }): NewEvent => ({ pair, annotator: judge === 'adjudicated' ? annotator : judge, kind: 'decision', side: null, before, after: decision, at: seconds * 1_000 })),
  ...flags.map((flag): NewEvent => ({ pair, annotator, kind: 'flag', side: null, before: null, after: flag, at })),
  ...comments.map((text): NewEvent => ({ pair, annotator, kind: 'comment', side: null, before: null, after: text, at })),
];

const listedAtMost = 200;

/** Lines that could not be taken over, in their order, as far as anybody would read them. */
export const listed = (refused: readonly Refused[]): Pick<MergedWork, 'unknown' | 'unlisted'> => ({
  unknown: refused.toSorted((left, right) => left.line - right.line).slice(0, listedAtMost), unlisted: Math.max(0, refused.length - listedAtMost),
});
