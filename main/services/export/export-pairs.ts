import { extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../contract/errors.ts';
import type { ExportFormat, ExportRequest } from '../../contract/export.ts';
import type { Predicate } from '../../contract/pairs.ts';
import { keopsColumns } from '../../domain/formats/keops-writer.ts';
import type { PairWriter, WrittenPair } from '../../domain/formats/pair-writer.ts';
import { pairWriterFor } from '../../domain/formats/writers.ts';
import { isReviewColumn } from '../../domain/review/review-table.ts';
import type { Column, Project } from '../../store/api.ts';
import { reviewValues, type ReviewValues } from './review-values.ts';

/** Pairs read at once: the page size of the store. */
const slice = 500;

export type Selection = {
  readonly project: Project;
  readonly request: ExportRequest;
  readonly version: string;
};

/** What is written: so many pairs, by this writer; `edited` counts while `pairs` is read. */
export type OpenSelection = { readonly count: number; readonly writer: PairWriter; pairs(signal: AbortSignal): AsyncGenerator<readonly WrittenPair[]>; edited(): number };

/** The pairs an export writes; without a predicate: the kept ones. */
export const predicateOf = (request: Pick<ExportRequest, 'predicate'>): Predicate => request.predicate ?? { kind: 'kept', value: true };

/** Formats that have no place for what was judged, or a fixed one. */
const withoutReview: readonly ExportFormat[] = ['moses', 'mined-tsv', 'keops'];

/** The columns a request writes, in its order; `mined-tsv` always writes margin and cosine. */
const columnsOf = (project: Project, request: ExportRequest): Column[] => {
  const names = request.format === 'mined-tsv' ? ['margin', 'cosine'] : request.format === 'keops' ? [] : request.columns;
  return names.filter((name) => request.review !== true || !isReviewColumn(name)).map((name) => {
    const column = project.columns.find(request.origin, name);
    if (column === null) throw new Failure('bad-input', `These pairs have no column ${name}.`);
    return column;
  });
};

/** The columns that will be written. @throws Failure `bad-input` where the pairs or the format do not have what is asked for. */
export const checkRequest = ({ project, request }: Pick<Selection, 'project' | 'request'>): readonly Column[] => {
  if (request.review === true && withoutReview.includes(request.format)) throw new Failure('bad-input', 'This format has no columns for what was judged.', { hint: 'Choose TSV, XLSX, JSON lines or TMX, or leave the review out.' });
  return columnsOf(project, request);
};

/** The selected pairs with everything a format may want, slice by slice, in order of their ids: mined pairs by the rule of margins and ties, a bitext as its file has it. */
export const openSelection = async ({ project, request, version }: Selection, signal: AbortSignal, shownAs: ExportFormat = request.format): Promise<OpenSelection> => {
  const columns = checkRequest({ project, request });
  const ids = await project.pairs.select(request.origin, predicateOf(request), signal);
  const review = await reviewOf(project, request, ids);
  const [source, target] = languagesOf(project, request);
  const writerOf = (kind: ExportFormat): PairWriter => pairWriterFor(kind, {
    sourceLanguage: source, targetLanguage: target, tool: { name: 'dragoman', version },
    columns: [...columns.map((column) => ({ name: column.name, kind: column.kind === 'label' ? 'label' as const : 'score' as const })), ...review.names.map((name) => ({ name, kind: 'label' as const }))],
  });
  const { mostPairs } = writerOf(request.format);
  if (mostPairs !== undefined && ids.length > mostPairs) {
    throw new Failure('bad-input', `${ids.length.toLocaleString('en')} pairs are more than this format holds: ${mostPairs.toLocaleString('en')}.`, { detail: 'Nothing was written.', hint: 'Export as TSV or JSON lines, or filter first and write several files.' });
  }
  let edited = 0;
  return {
    count: ids.length, writer: writerOf(shownAs), edited: () => edited,
    pairs: async function* (stop) {
      for (let from = 0; from < ids.length; from += slice) {
        stop.throwIfAborted();
        const part = ids.subarray(from, from + slice);
        const rows = project.pairs.rows(request.origin, part, []);
        const values = columns.map((column) => project.columns.valuesOf(column, part));
        const judged = review.valuesOf(rows);
        yield rows.map((row, at) => {
          if (row.source.original !== null || row.target.original !== null) edited += 1;
          return {
            source: row.source.text, target: row.target.text, sourceId: row.source.id, targetId: row.target.id,
            values: [...values.map((column) => column[at] ?? null), ...(judged[at] ?? []).map((value) => (value === '' ? null : value))],
          };
        });
        await setImmediate();
      }
    },
  };
};

const reviewOf = async (project: Project, request: ExportRequest, ids: Uint32Array): Promise<ReviewValues> => {
  if (request.format === 'keops') {
    const { names, valuesOf } = await reviewValues(project, request.origin, ids);
    const places = keopsColumns.map((name) => names.indexOf(name));
    return { names: keopsColumns, valuesOf: (rows) => valuesOf(rows).map((values) => places.map((place) => values[place] ?? '')) };
  }
  return request.review === true ? reviewValues(project, request.origin, ids) : { names: [], valuesOf: () => [] };
};

export const languagesOf = (project: Project, { origin }: Pick<ExportRequest, 'origin'>): readonly [string, string] => {
  if ('run' in origin) { const run = project.runs.get(origin.run); return [run.source.language, run.target.language]; }
  const collection = project.collections.get(origin.collection);
  return [collection.language, collection.targetLanguage ?? 'und'];
};

/** File names of a request: a `.gz` at the end stays at the end, so `out.gz` as Moses gives `out.de.gz` and `out.en.gz`. */
export const pathsOf = (project: Project, request: ExportRequest): string[] => {
  const [source, target] = languagesOf(project, request);
  const { files } = pairWriterFor(request.format, { sourceLanguage: source, targetLanguage: target, tool: { name: 'dragoman', version: '' }, columns: [] });
  const packed = extname(request.path) === '.gz' ? '.gz' : '';
  const stem = packed === '' ? request.path : request.path.slice(0, -packed.length);
  return files.map((addition) => `${stem}${addition}${packed}`);
};
