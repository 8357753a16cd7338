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
import { broughtOf, isSound, placeRegrouped, type PlacedGroup } from './team-place-regrouped.ts';
import { regroupedPairs, type Regrouped } from './team-regrouped.ts';
import { endLine, originOfFingerprint, packageOf, packedPath, recordLine, regroupedLine, workHead, workKind, workLine, type OpenedPackage, type RegroupedLine, type WorkLine } from './work-files.ts';

const slice = 500;

/** What an annotator did with the pairs of a package, by the numbers those pairs have where they come from. */
export const writeWork = async ({ project: current, now }: ReviewContext, { queue: id, annotator, path, overwrite }: InputOf<(typeof teamContract)['review.writeWork']>, signal: AbortSignal): Promise<OutputOf<(typeof teamContract)['review.writeWork']>> => {
  const project = current();
  project.reviews.annotator(annotator);
  const { name, origin } = project.queues.get(id);
  const opened = packageOf(project, origin);
  if (opened === null) throw new Failure('bad-input', `“${name}” did not come as a work package, so that there is nobody to send work back to.`, { hint: 'To take decisions elsewhere, export its pairs with the review.' });
  const { first } = project.pairs.range(origin);
  const groups = await regroupedPairs(project, origin, first + opened.pairs.length, signal);
  const regrouped = new Set(groups.flatMap(({ pairs }) => pairs));
  const whole = Uint32Array.from({ length: opened.pairs.length }, (_, at) => first + at).filter((pair) => !regrouped.has(pair));
  const files = atomicFiles([packedPath(path)], overwrite);
  let [judged, records] = [0, 0];
  try {
    const { dragoman, version } = workKind;
    await files.write([recordLine({ dragoman, version, createdAt: now(), origin: { fingerprint: opened.fingerprint }, queue: { name: opened.queue }, annotator: opened.annotator })]);
    for (let from = 0; from < whole.length; from += slice) {
      signal.throwIfAborted();
      const lines = workOf(project, origin, opened, annotator, whole.subarray(from, from + slice));
      judged += lines.filter(({ decision }) => decision !== 'none').length;
      records += lines.length;
      await files.write([lines.map(recordLine).join('')]);
      await setImmediate();
    }
    for (const group of groups) {
      signal.throwIfAborted();
      const line = regroupedOf(project, origin, opened, annotator, group);
      judged += line.made.filter(({ decision }) => decision !== 'none').length;
      records += 1;
      await files.write([recordLine({ regrouped: line })]);
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

type Said = Omit<WorkLine, 'pair' | 'source' | 'target'>;

/** What the annotator said about pairs, in the order of `rows`. */
const saidOf = (project: Project, origin: PairOrigin, annotator: number, rows: readonly PairRow[]): readonly Said[] => {
  const times = project.columns.find(origin, columnsOfJudge(annotator).at);
  const at = times === null ? [] : project.columns.valuesOf(times, rows.map(({ id }) => id));
  const comments = project.reviews.comments(rows.filter(({ review }) => review.comments > 0).map(({ id }) => id)).filter((comment) => comment.annotator === annotator);
  return rows.map(({ id, review }, place): Said => {
    const own = review.judged.find((one) => one.annotator === annotator);
    return {
      decision: own === undefined || own.decision === 'conflict' ? 'none' : own.decision, label: own?.label ?? null, reason: own?.reason ?? null, at: Number(at[place] ?? 0),
      flags: review.flags, comments: comments.filter(({ pair }) => pair === id).map(({ text }) => text),
    };
  });
};

/** One line for each pair that the annotator judged, flagged, edited or commented; also where a judgement was taken back. */
const workOf = (project: Project, origin: PairOrigin, { pairs }: OpenedPackage, annotator: number, ids: Uint32Array): readonly WorkLine[] => {
  const { first } = project.pairs.range(origin);
  const rows = project.pairs.rows(origin, ids, []);
  const said = saidOf(project, origin, annotator, rows);
  return rows.flatMap((row, place): WorkLine[] => {
    const own = said[place];
    if (own === undefined) return [];
    const line: WorkLine = { pair: pairs[row.id - first] ?? 0, source: editOf(row.source), target: editOf(row.target), ...own };
    const isSilent = line.at === 0 && line.flags.length + line.comments.length === 0 && line.source === null && line.target === null;
    return isSilent ? [] : [line];
  });
};

const editOf = ({ text, original }: PairRow['source']): WorkLine['source'] => (original === null ? null : { from: original, to: text });

/** Pairs that were cut or joined, by the numbers they have where they come from. */
const regroupedOf = (project: Project, origin: PairOrigin, { pairs: numbers }: OpenedPackage, annotator: number, { pairs, made, gone }: Regrouped): RegroupedLine => {
  const { first } = project.pairs.range(origin);
  const numberOf = (id: number): number => numbers[id - first] ?? 0;
  const sent = project.pairs.texts(origin, pairs).original;
  const ids = made.map(({ id }) => id);
  const texts = project.pairs.texts(origin, ids);
  const said = saidOf(project, origin, annotator, ids.flatMap((id) => project.pairs.rows(origin, [id], [])));
  const times = [...pairs, ...ids].flatMap((id) => project.reviews.history(origin, id)).filter(({ kind, undone }) => !undone && (kind === 'split' || kind === 'merge')).map(({ at }) => at);
  return {
    at: Math.floor(Math.max(0, ...times) / 1_000),
    pairs: pairs.map((id, at) => ({ pair: numberOf(id), source: sent.source[at] ?? '', target: sent.target[at] ?? '' })),
    made: made.map(({ id, from }, at) => ({ pair: id === from ? numberOf(id) : null, from: numberOf(from), source: texts.source[at] ?? '', target: texts.target[at] ?? '', ...said[at] ?? silent })),
    gone: gone.map(({ pair, into }) => ({ pair: numberOf(pair), into: ids.indexOf(into) })),
  };
};

const silent: Said = { decision: 'none', label: null, reason: null, at: 0, flags: [], comments: [] };

/** Takes over what came back. A file that is not whole changes nothing; lines that do not fit are listed, and all others count. */
export const mergeWork = async (context: ReviewContext, path: string, signal: AbortSignal): Promise<MergedWork> => {
  const project = context.project();
  const { head, lines, groups, refused } = await readWork(path, signal);
  const origin = originOfFingerprint(project, head.origin.fingerprint);
  if (origin === null) throw new Failure('not-found', `The work in “${basename(path)}” belongs to pairs that are not in this project.`, { detail: 'Nothing was changed.', hint: 'Open the project that the work package “' + head.queue.name + '” was written from.' });
  const by = senderOf(project, head.annotator, context.now());
  const claim = claims(project, origin, refused);
  const whole = lines.flatMap((line): Brought[] => (claim(line.line, [line.pair]) ? [broughtOf(by, line, line.pair, editsOf(line))] : []));
  const placed = await placeRegrouped(project, origin, by, groups.filter(({ line, pairs }) => claim(line, pairs.map(({ pair }) => pair))), signal);
  const brought = [...whole, ...placed.brought];
  const touched = [...brought.map(({ pair }) => pair), ...placed.regroupings.flatMap(({ pairs }) => pairs)];
  const title = `Merged the work of ${by.name} on ${pairsInWords(touched)}`;
  const { refused: more, ...merged } = await mergeBrought(context, { origin, brought, regroupings: placed.regroupings, by, title, newerWins: true }, signal);
  return { ...merged, ...listed([...refused, ...placed.refused, ...more]) };
};

type PlacedLine = WorkLine & { readonly line: number };

const readWork = async (path: string, signal: AbortSignal) => {
  const lines: PlacedLine[] = [];
  const groups: PlacedGroup[] = [];
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
      const group = checked(regroupedLine, value);
      if (group !== null) {
        if (isSound(group.regrouped)) groups.push({ ...group.regrouped, line });
        else refused.push({ line, reason: 'pairs that were cut or joined, in a way that cannot be' });
        continue;
      }
      const work = checked(workLine, value);
      if (work === null) refused.push({ line, reason: problem ?? 'not the work on a pair' });
      else lines.push({ ...work, line });
    }
    await setImmediate();
  }
  if (head === null) throw new Failure('empty-input', `“${basename(path)}” is empty.`, { detail: 'Nothing was changed.' });
  checkEnd(path, end, records);
  return { head, lines, groups, refused };
};

/** Whoever the package was written for, known by the moment they were added, else by name, else somebody new. */
const senderOf = (project: Project, { name, createdAt }: { readonly name: string; readonly createdAt: number }, at: number): StoredAnnotator => {
  const everybody = project.reviews.annotators();
  return everybody.find((one) => one.createdAt === createdAt && one.name === name) ?? everybody.find((one) => one.createdAt === createdAt) ?? everybody.find((one) => one.name === name) ?? project.reviews.addAnnotator(name, at);
};

/** Takes pairs for a line, all or none; why not, is said. No two lines speak of one pair. */
const claims = (project: Project, origin: PairOrigin, refused: Refused[]) => {
  const { first, count } = project.pairs.range(origin);
  const gone = project.columns.find(origin, goneColumn);
  const taken = new Set<number>();
  return (line: number, pairs: readonly number[]): boolean => {
    // Of several pairs it is looked at further on whether they are still what they were.
    const isGone = (pair: number): boolean => pairs.length === 1 && gone !== null && project.columns.valuesOf(gone, [pair])[0] === 1;
    for (const pair of pairs) {
      const why = pair < first || pair >= first + count ? 'is not among the pairs of the package' : taken.has(pair) ? 'stands in an earlier line already' : isGone(pair) ? 'was merged into another pair meanwhile' : null;
      if (why !== null) {
        refused.push({ line, reason: `pair ${pair} ${why}` });
        return false;
      }
    }
    for (const pair of pairs) taken.add(pair);
    return true;
  };
};

const editsOf = ({ source, target }: WorkLine): Brought['edits'] =>
  [{ side: 'source' as const, edit: source }, { side: 'target' as const, edit: target }].flatMap(({ side, edit }) => (edit === null ? [] : [{ side, from: edit.from, to: editedText(edit.to) }]));
