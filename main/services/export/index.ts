import { existsSync, renameSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';
import { exportRequest, exportResult, type ExportRequest } from '../../contract/export.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { JobControl, Jobs } from '../jobs/index.ts';
import type { ModelsService } from '../models/index.ts';
import type { FileGate } from '../project/index.ts';
import { atomicFiles } from './atomic-files.ts';
import { checkRequest, openSelection, pathsOf, type Selection } from './export-pairs.ts';
import { buildManifest } from './manifest.ts';

export { atomicFiles } from './atomic-files.ts';
export { manifest, type Manifest } from './manifest.ts';

export type ExportServiceInput = { readonly project: () => Project; readonly jobs: Jobs; readonly gate: FileGate; readonly models: ModelsService; readonly version: string };

/** A selection of pairs as files; see README. */
export const createExportService = (input: ExportServiceInput): PartOf<WorkbenchContract, 'export'> => {
  const selection = (request: ExportRequest): Selection => ({ project: request.annotator === undefined ? input.project() : input.project().seenBy(request.annotator), request: { ...request, path: input.gate.check(request.path) }, version: input.version });

  input.jobs.register('export', { pausable: false, lane: 'light', run: (control, params) => exportPairs(input, selection(v.parse(exportRequest, params)), control) });

  return {
    'export.preview': async ({ request }, { signal }) => {
      const chosen = selection(request);
      // A workbook is shown as the table that it holds.
      const { count, writer, pairs } = await openSelection(chosen, signal, request.format === 'xlsx' ? 'tsv' : request.format);
      const pieces = [...writer.head()];
      for await (const part of pairs(signal)) {
        for (const pair of part.slice(0, 8)) for (const [index, piece] of writer.pair(pair).entries()) pieces[index] = (pieces[index] ?? '') + piece;
        break;
      }
      return { pairs: count, files: pathsOf(chosen.project, chosen.request), head: pieces.join('\n') };
    },
    'export.start': (request) => {
      const chosen = selection(request);
      checkRequest(chosen);
      const paths = pathsOf(chosen.project, chosen.request);
      const taken = request.overwrite ? undefined : paths.find((path) => existsSync(path));
      if (taken !== undefined) throw knownFailure('file-exists', { path: taken });
      return { job: input.jobs.start({ kind: 'export', title: `Export to ${request.path}`, subject: request.path, params: chosen.request, stages: [{ name: 'write', unit: 'pairs', seconds: 2 }] }) };
    },
    'export.result': ({ job }) => {
      const found = input.jobs.find((record) => record.job.id === job)?.checkpoint;
      const result = v.safeParse(exportResult, found);
      if (!result.success) throw new Failure('not-found', `Job ${job} has written nothing yet.`);
      return result.output;
    },
  };
};

const exportPairs = async (input: ExportServiceInput, chosen: Selection, control: JobControl): Promise<void> => {
  const { project, request } = chosen;
  const stage = control.stage('write');
  const { count, writer, pairs, edited } = await openSelection(chosen, control.signal);
  stage.start(count);
  const files = atomicFiles(pathsOf(project, request), request.overwrite, writer.parcel);
  try {
    await files.write(writer.head());
    let done = 0;
    for await (const part of pairs(control.signal)) {
      const written = part.map((pair) => writer.pair(pair));
      await files.write(writer.files.map((_, file) => written.map((pieces) => pieces[file] ?? '').join('')));
      done += part.length;
      stage.progress(done);
    }
    await files.write(writer.tail());
    control.signal.throwIfAborted();
    const outputs = await files.commit();
    const written = await buildManifest({ project, models: input.models, request, programVersion: input.version, outputs, counts: writer.counts(), edited: edited() });
    const path = `${request.path}.manifest.json`;
    writeFileSync(`${path}.part`, `${JSON.stringify(written, undefined, 2)}\n`);
    renameSync(`${path}.part`, path);
    control.checkpoint({ files: outputs, manifest: path, pairs: writer.counts().pairs });
    stage.finish();
  } catch (thrown) {
    files.discard();
    throw thrown;
  }
};
