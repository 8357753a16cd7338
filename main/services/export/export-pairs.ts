import { extname } from 'node:path';
import { Failure } from '../../contract/errors.ts';
import type { ExportRequest } from '../../contract/export.ts';
import type { Predicate } from '../../contract/pairs.ts';
import type { PairWriter, WrittenPair } from '../../domain/formats/pair-writer.ts';
import { pairWriterFor } from '../../domain/formats/writers.ts';
import type { Column, Project } from '../../store/api.ts';

/** Pairs read at once: the page size of the store. */
const slice = 500;

export type Selection = {
  readonly project: Project;
  readonly request: ExportRequest;
  readonly version: string;
};

/** The pairs an export writes; without a predicate: the kept ones. */
export const predicateOf = (request: Pick<ExportRequest, 'predicate'>): Predicate => request.predicate ?? { kind: 'kept', value: true };

/** The columns a request writes, in its order; `mined-tsv` always writes margin and cosine. */
export const columnsOf = (project: Project, request: ExportRequest): Column[] => {
  const names = request.format === 'mined-tsv' ? ['margin', 'cosine'] : request.columns;
  return names.map((name) => {
    const column = project.columns.find(request.origin, name);
    if (column === null) throw new Failure('bad-input', `These pairs have no column ${name}.`);
    return column;
  });
};

export const writerOf = ({ project, request, version }: Selection, columns: readonly Column[]): PairWriter => {
  const [source, target] = languagesOf(project, request);
  return pairWriterFor(request.format, {
    sourceLanguage: source, targetLanguage: target, tool: { name: 'dragoman', version },
    columns: columns.map((column) => ({ name: column.name, kind: column.kind === 'label' ? 'label' : 'score' })),
  });
};

export const languagesOf = (project: Project, { origin }: Pick<ExportRequest, 'origin'>): readonly [string, string] => {
  if ('run' in origin) { const run = project.runs.get(origin.run); return [run.source.language, run.target.language]; }
  const collection = project.collections.get(origin.collection);
  return [collection.language, collection.targetLanguage ?? 'und'];
};

/** File names of a request: a `.gz` at the end stays at the end, so `out.gz` as Moses gives `out.de.gz` and `out.en.gz`. */
export const pathsOf = (request: Pick<ExportRequest, 'path'>, writer: PairWriter): string[] => {
  const packed = extname(request.path) === '.gz' ? '.gz' : '';
  const stem = packed === '' ? request.path : request.path.slice(0, -packed.length);
  return writer.files.map((addition) => `${stem}${addition}${packed}`);
};

/** The selected pairs with everything a format may want, slice by slice, in order of their ids: mined pairs by the rule of margins and ties, a bitext as its file has it. */
export async function* selectedPairs({ project, request }: Selection, columns: readonly Column[], signal: AbortSignal): AsyncGenerator<readonly WrittenPair[]> {
  const { origin } = request;
  const view = await project.views.create({ origin, predicate: predicateOf(request), sort: null }, signal);
  for (let from = 0; from < view.count; from += slice) {
    signal.throwIfAborted();
    const ids = project.views.ids(view.view, from, Math.min(slice, view.count - from));
    const rows = project.pairs.rows(origin, ids, []);
    const values = columns.map((column) => project.columns.valuesOf(column, ids));
    yield rows.map((row, i) => ({
      source: row.source.text, target: row.target.text, sourceId: row.source.id, targetId: row.target.id, values: values.map((column) => column[i] ?? null),
    }));
    await new Promise((go) => { setImmediate(go); });
  }
}
