import { Failure } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';
import type { Decision, PairOrigin } from '../../contract/pairs.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import { labelAt, pathSeparator } from '../../domain/review/schemes/schemes.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import { columnsOfJudge, decisionOf, flagBits, flagsColumn } from '../../store/review-columns.ts';
import { changePairs, pairsInWords, presentPairs, type ReviewContext } from './context.ts';
import { schemeById } from './schemes.ts';

type Part = Pick<PartOf<WorkbenchContract, 'review'>, 'review.judge' | 'review.flag' | 'review.comment'>;

const longestComment = 10_000;

/** Decisions, labels, flags and comments: one commit each, a few hundred bytes. The project's history names no decision about a pair that somebody judges blind. */
export const createJudging = (context: ReviewContext): Part => ({
  'review.judge': ({ origin, pairs, annotator, decision: given, label, reason, adjudicate }) => {
    const project = context.project();
    const by = project.reviews.annotator(annotator);
    const ids = presentPairs(project, { origin, pairs });
    const chosen = label === null ? null : labelAt(schemeById(project, label.scheme), label.path);
    // A label says its decision itself; an annotator who differs says so.
    const decision = given === 'none' ? chosen?.decision ?? 'none' : given;
    if (decision === 'conflict') throw new Failure('bad-input', 'A conflict is what differing judgements make; nobody can decide it.', { hint: 'Choose accept, reject or unsure.' });
    const path = label === null ? null : label.path.join(pathSeparator);
    const judge = adjudicate ? 'adjudicated' : annotator;
    const names = columnsOfJudge(judge);
    const before = { decisions: textsOf(project, origin, names.decision, ids), labels: textsOf(project, origin, names.label, ids) };
    const at = context.now();
    return changePairs(context, { origin, pairs: [...ids] }, { title: `${project.isBlind(ids) && !adjudicate ? 'Judged' : verbs[decision]}${adjudicate ? ' by adjudication' : ''}: ${pairsInWords(ids)}`, by }, (recorder) => {
      void recorder.judge(origin, ids, { judge, decision, label: path, reason: plainReason(reason), at: Math.floor(at / 1_000) });
      ids.forEach((pair, place) => {
        const was = decisionOf(Number(before.decisions[place] ?? 0));
        const labelled = before.labels[place] ?? null;
        recorder.addEvent({ pair, annotator, kind: 'decision', side: null, before: was, after: decision, at });
        if (labelled !== path) recorder.addEvent({ pair, annotator, kind: 'label', side: null, before: labelled === null ? null : String(labelled), after: path, at });
      });
    });
  },
  'review.flag': ({ origin, pairs, annotator, flag, value }) => {
    const project = context.project();
    const by = project.reviews.annotator(annotator);
    const ids = presentPairs(project, { origin, pairs });
    const before = textsOf(project, origin, flagsColumn, ids);
    return changePairs(context, { origin, pairs: [...ids] }, { title: `${project.isBlind(ids) ? 'Flags' : `${value ? 'Flagged' : 'Unflagged'} (${flag})`}: ${pairsInWords(ids)}`, by }, (recorder) => {
      void recorder.setFlag(origin, ids, flag, value, annotator);
      ids.forEach((pair, place) => {
        if (((Number(before[place] ?? 0) & flagBits[flag]) !== 0) === value) return;
        recorder.addEvent({ pair, annotator, kind: 'flag', side: null, before: value ? null : flag, after: value ? flag : null, at: context.now() });
      });
    });
  },
  'review.comment': ({ origin, pair, annotator, text }) => {
    const project = context.project();
    const by = project.reviews.annotator(annotator);
    const words = text.trim();
    if (words === '') throw knownFailure('comment-empty');
    if (words.length > longestComment) throw new Failure('bad-input', `The comment has ${words.length} characters; ${longestComment} are the most.`, { detail: 'Nothing was changed.', hint: 'Shorten it.' });
    const ids = presentPairs(project, { origin, pairs: [pair] });
    return changePairs(context, { origin, pairs: [pair] }, { title: `Commented on pair ${pair}`, by }, (recorder) => {
      void recorder.setMark(origin, ids, 'commented', true);
      recorder.addEvent({ pair, annotator, kind: 'comment', side: null, before: null, after: words.toWellFormed(), at: context.now() });
    });
  },
});

const verbs: Readonly<Record<Decision, string>> = { none: 'Decision taken back', accept: 'Accepted', reject: 'Rejected', unsure: 'Unsure', conflict: 'Conflict' };

const plainReason = (reason: string | null): string | null => {
  const plain = reason?.trim() ?? '';
  return plain === '' ? null : plain.slice(0, 200).toWellFormed();
};

/** Values of a column of reviewing; empty where nobody has written it yet. */
const textsOf = (project: Project, origin: PairOrigin, name: string, ids: Uint32Array): readonly (number | string | null)[] => {
  const column = project.columns.find(origin, name);
  return column === null ? [] : project.columns.valuesOf(column, ids);
};
