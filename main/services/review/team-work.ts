import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../contract/errors.ts';
import type { InputOf, OutputOf } from '../../contract/method.ts';
import type { PairOrigin, PairRow } from '../../contract/pairs.ts';
import type { MergedWork, teamContract } from '../../contract/review-team.ts';
import { editedText } from '../../domain/review/edited-text.ts';
import type { Project } from '../../store/api.ts';
import type { StoredAnnotator } from '../../store/api-review.ts';
import { columnsOfJudge, goneColumn } from '../../store/review-columns.ts';
import { atomicFiles } from '../export/index.ts';
import { pairsInWords, type ReviewContext } from './context.ts';
import { checkEnd, checked, headOf, jsonLinesOf } from './json-lines.ts';
import { listed, mergeBrought, type Brought, type Refused } from './team-merge.ts';
import { endLine, originOfFingerprint, packageOf, packedPath, recordLine, workHead, workKind, workLine, type OpenedPackage, type WorkLine } from './work-files.ts';

const slice = 500;

/** What an annotator did with the pairs of a package, by the numbers those pairs have where they come from. */
export const writeWork = async ({ project: current, now }: ReviewContext, { queue: id, annotator, path, overwrite }: InputOf<(typeof teamContract)['review.writeWork']>, signal: AbortSignal): Promise<OutputOf<(typeof teamContract)['review.writeWork']>> => {
  const project = current();
  project.reviews.annotator(annotator);
  const { name, origin } = project.queues.get(id);
  const opened = packageOf(project, origin);
  if (opened === null) throw new Failure('bad-input', `“${name}” did not come as a work package, so that there is nobody to send work back to.`, { hint: 'To take decisions elsewhere, export its pairs with the review.' });
  const whole = await wholePairs(project, origin, opened, signal);
  const files = atomicFiles([packedPath(path)], overwrite);
  let [judged, records] = [0, 0];
  try {
    const { dragoman, version } = workKind;
    await files.write([recordLine({ dragoman, version, createdAt: now(), origin: { fingerprint: opened.fingerprint }, queue: { name: opened.queue }, annotator: opened.annotator, left: whole.left })]);
    for (let from = 0; from < whole.ids.length; from += slice) {
      signal.throwIfAborted();
      const lines = workOf(project, origin, opened, annotator, whole.ids.subarray(from, from + slice));
      judged += lines.filter(({ decision }) => decision !== 'none').length;
      records += lines.length;
      await files.write([lines.map(recordLine).join('')]);
      await setImmediate();
    }
    await files.write([recordLine({ end: records })]);
    const [file] = await files.commit();
    return { path: file?.path ?? path, judged };
  } catch (thrown) {
    files.discard();
    throw thrown;
  }
};

/** The pairs of the package that are still what was sent; those that were cut or joined, and what came of them, cannot be told by number. */
const wholePairs = async (project: Project, origin: PairOrigin, { pairs }: OpenedPackage, signal: AbortSignal): Promise<{ readonly ids: Uint32Array; readonly left: number }> => {
  const { first, count } = project.pairs.range(origin);
  const gone = project.columns.find(origin, goneColumn);
  const changed = new Set<number>();
  const added = await project.pairs.select(origin, { kind: 'mark', mark: 'added', value: true }, signal);
  for (let from = 0; from < added.length; from += slice) for (const { review } of project.pairs.rows(origin, added.subarray(from, from + slice), [])) if (review.splitFrom !== null) changed.add(review.splitFrom);
  const all = Uint32Array.from({ length: Math.min(pairs.length, count) }, (_, at) => first + at);
  const hidden = gone === null ? [] : project.columns.valuesOf(gone, all);
  for (const [at, value] of hidden.entries()) {
    if (value !== 1) continue;
    changed.add(first + at);
    const merged = project.reviews.history(origin, first + at).find(({ kind, side, undone }) => kind === 'merge' && side === null && !undone);
    if (merged !== undefined) changed.add(Number(merged.after));
  }
  const ids = all.filter((id) => !changed.has(id));
  return { ids, left: all.length - ids.length };
};

/** One line for each pair that the annotator judged, flagged, edited or commented; also where a judgement was taken back. */
const workOf = (project: Project, origin: PairOrigin, { pairs }: OpenedPackage, annotator: number, ids: Uint32Array): readonly WorkLine[] => {
  const { first } = project.pairs.range(origin);
  const rows = project.pairs.rows(origin, ids, []);
  const times = project.columns.find(origin, columnsOfJudge(annotator).at);
  const at = times === null ? [] : project.columns.valuesOf(times, ids);
  const comments = project.reviews.comments(rows.filter(({ review }) => review.comments > 0).map(({ id }) => id)).filter((comment) => comment.annotator === annotator);
  return rows.flatMap((row, place): WorkLine[] => {
    const own = row.review.judged.find((one) => one.annotator === annotator);
    const seconds = Number(at[place] ?? 0);
    const line: WorkLine = {
      pair: pairs[row.id - first] ?? 0, decision: own === undefined || own.decision === 'conflict' ? 'none' : own.decision, label: own?.label ?? null, reason: own?.reason ?? null, at: seconds,
      flags: row.review.flags, source: editOf(row.source), target: editOf(row.target), comments: comments.filter(({ pair }) => pair === row.id).map(({ text }) => text),
    };
    const isSilent = seconds === 0 && line.flags.length + line.comments.length === 0 && line.source === null && line.target === null;
    return isSilent ? [] : [line];
  });
};

const editOf = ({ text, original }: PairRow['source']): WorkLine['source'] => (original === null ? null : { from: original, to: text });

/** Takes over what came back. A file that is not whole changes nothing; lines that do not fit are listed, and all others count. */
export const mergeWork = async (context: ReviewContext, path: string, signal: AbortSignal): Promise<MergedWork> => {
  const project = context.project();
  const { head, lines, refused } = await readWork(path, signal);
  const origin = originOfFingerprint(project, head.origin.fingerprint);
  if (origin === null) throw new Failure('not-found', `The work in “${basename(path)}” belongs to pairs that are not in this project.`, { detail: 'Nothing was changed.', hint: 'Open the project that the work package “' + head.queue.name + '” was written from.' });
  const by = senderOf(project, head.annotator, context.now());
  const brought = broughtOf(project, origin, by, lines, refused);
  const title = `Merged the work of ${by.name} on ${pairsInWords(brought.map(({ pair }) => pair))}`;
  const { refused: more, ...merged } = await mergeBrought(context, { origin, brought, by, title, newerWins: true }, signal);
  if (head.left > 0) refused.push({ line: 1, reason: `${head.left} pairs were cut or joined by ${by.name}; what was done to them is not carried` });
  return { ...merged, ...listed([...refused, ...more]) };
};

type PlacedLine = WorkLine & { readonly line: number };

const readWork = async (path: string, signal: AbortSignal) => {
  const lines: PlacedLine[] = [];
  const refused: Refused[] = [];
  let head: ReturnType<typeof headOf<typeof workHead>> | null = null;
  let end: number | null = null;
  let records = 0;
  for await (const batch of jsonLinesOf(path, signal)) {
    for (const { line, value, problem } of batch) {
      if (head === null) {
        head = headOf(path, { value }, workKind, workHead);
        continue;
      }
      const last = checked(endLine, value);
      if (last !== null) { end = last.end; continue; }
      records += 1;
      const work = checked(workLine, value);
      if (work === null) refused.push({ line, reason: problem ?? 'not the work on a pair' });
      else lines.push({ ...work, line });
    }
    await setImmediate();
  }
  if (head === null) throw new Failure('empty-input', `“${basename(path)}” is empty.`, { detail: 'Nothing was changed.' });
  checkEnd(path, end, records);
  return { head, lines, refused };
};

/** Whoever the package was written for, known by the moment they were added, else by name, else somebody new. */
const senderOf = (project: Project, { name, createdAt }: { readonly name: string; readonly createdAt: number }, at: number): StoredAnnotator => {
  const everybody = project.reviews.annotators();
  return everybody.find((one) => one.createdAt === createdAt && one.name === name) ?? everybody.find((one) => one.createdAt === createdAt) ?? everybody.find((one) => one.name === name) ?? project.reviews.addAnnotator(name, at);
};

const broughtOf = (project: Project, origin: PairOrigin, by: StoredAnnotator, lines: readonly PlacedLine[], refused: Refused[]): readonly Brought[] => {
  const { first, count } = project.pairs.range(origin);
  const gone = project.columns.find(origin, goneColumn);
  const taken = new Set<number>();
  return lines.flatMap(({ line, pair, decision, label, reason, at, flags, source, target, comments }): Brought[] => {
    const why = pair < first || pair >= first + count ? 'is not among the pairs of the package' : gone !== null && project.columns.valuesOf(gone, [pair])[0] === 1 ? 'was merged into another pair meanwhile' : taken.has(pair) ? 'stands in an earlier line already' : null;
    if (why !== null) {
      refused.push({ line, reason: `pair ${pair} ${why}` });
      return [];
    }
    taken.add(pair);
    const edits = [{ side: 'source' as const, edit: source }, { side: 'target' as const, edit: target }].flatMap(({ side, edit }) => (edit === null ? [] : [{ side, from: edit.from, to: editedText(edit.to) }]));
    return [{ line, pair, said: at === 0 ? [] : [{ judge: by.id, decision, label, reason, at }], flags, edits, comments: comments.map((text) => text.toWellFormed()) }];
  });
};
