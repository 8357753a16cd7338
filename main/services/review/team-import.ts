import { basename } from 'node:path';
import type { PairOrigin } from '../../contract/pairs.ts';
import type { MergedWork } from '../../contract/review-team.ts';
import { cellText } from '../../domain/formats/pair-writer.ts';
import { editedText } from '../../domain/review/edited-text.ts';
import type { Project } from '../../store/api.ts';
import { createPacer } from '../../store/pacer.ts';
import type { Judge } from '../../store/review-columns.ts';
import { pairsInWords, type ReviewContext } from './context.ts';
import { readDecisions, type DecisionRow, type Sayer } from './team-decisions-file.ts';
import { findPairs } from './team-find-pairs.ts';
import { listed, mergeBrought, type Brought, type Refused } from './team-merge.ts';

/**
 * Decisions, labels, flags, comments and edited texts from a table: what it says replaces what was said here.
 *
 * What the table attributes to nobody is the annotator's who imports it; names that nobody has here are added.
 */
export const importDecisions = async (context: ReviewContext, { origin, path, annotator }: { readonly origin: PairOrigin; readonly path: string; readonly annotator: number }, signal: AbortSignal): Promise<MergedWork> => {
  const project = context.project();
  const by = project.reviews.annotator(annotator);
  const { rows, silent, refused } = await readDecisions(path, signal);
  const found = await findPairs(project, origin, rows, signal);
  const unknown: Refused[] = [...refused];
  const placed: PlacedRow[] = [];
  const pace = createPacer(signal);
  for (const [at, row] of rows.entries()) {
    if (at % slice === slice - 1) await pace();
    const place = found[at] ?? { reason: '' };
    if ('pair' in place) placed.push({ row, pair: place.pair });
    else unknown.push({ line: row.line, reason: place.reason });
  }
  const brought = await broughtOf(project, origin, placed, createJudges(project, annotator, context.now()), signal);
  const title = `Imported decisions about ${pairsInWords(brought.map(({ pair }) => pair))} from ${basename(path)}`;
  const merged = await mergeBrought(context, { origin, brought, by, title, newerWins: false }, signal);
  return { merged: merged.merged, unchanged: merged.unchanged + silent, conflicts: merged.conflicts, ...listed([...unknown, ...merged.refused]) };
};

type PlacedRow = { readonly row: DecisionRow; readonly pair: number };

/** The judge behind a name of the table. */
const createJudges = (project: Project, asker: number, at: number): ((sayer: Sayer) => Judge) => {
  const known = new Map(project.reviews.annotators().map(({ id, name }) => [name, id]));
  return (sayer) => {
    if (sayer === 'adjudicated') return sayer;
    if (sayer === 'nobody') return asker;
    const id = known.get(sayer.name) ?? project.reviews.addAnnotator(sayer.name, at).id;
    known.set(sayer.name, id);
    return id;
  };
};

const slice = 1_024;

/** A TAB or a line end of a text is a space in its cell: a text that differs in nothing else is no edit. */
const broughtOf = async (project: Project, origin: PairOrigin, placed: readonly PlacedRow[], judgeOf: (sayer: Sayer) => Judge, signal: AbortSignal): Promise<readonly Brought[]> => {
  const pace = createPacer(signal, 8);
  const brought: Brought[] = [];
  for (let from = 0; from < placed.length; from += slice) {
    const part = placed.slice(from, from + slice);
    const edited = part.filter(({ row }) => row.edits.length > 0);
    const texts = edited.length === 0 ? null : project.pairs.texts(origin, edited.map(({ pair }) => pair));
    let place = 0;
    for (const { row: { line, said, flags, edits, comments }, pair } of part) {
      const at = edits.length > 0 ? place++ : -1;
      brought.push({
        line, pair, said: said.map(({ sayer, ...words }) => ({ ...words, judge: judgeOf(sayer) })), flags, comments,
        edits: edits.filter(({ side, to }) => cellText(texts?.[side][at] ?? '').text !== to).map((edit) => ({ ...edit, to: editedText(edit.to) })),
      });
    }
    await pace();
  }
  return brought;
};
