import { existsSync, renameSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { exportRequest, exportResult, type ExportRequest } from '../../contract/export.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { JobControl, Jobs } from '../jobs/index.ts';
import type { ModelsService } from '../models/index.ts';
import type { FileGate } from '../project/index.ts';
import { atomicFiles } from './atomic-files.ts';
import { columnsOf, pathsOf, predicateOf, selectedPairs, writerOf, type Selection } from './export-pairs.ts';
import { buildManifest } from './manifest.ts';

export { manifest, type Manifest } from './manifest.ts';

export type ExportServiceInput = { readonly project: () => Project; readonly jobs: Jobs; readonly gate: FileGate; readonly models: ModelsService; readonly version: string };

/** A selection of pairs as files; see README. */
export const createExportService = (input: ExportServiceInput): PartOf<WorkbenchContract, 'export'> => {
  const selection = (request: ExportRequest): Selection => ({ project: input.project(), request: { ...request, path: input.gate.check(request.path) }, version: input.version });

  input.jobs.register('export', { pausable: false, lane: 'light', run: (control, params) => exportPairs(input, selection(v.parse(exportRequest, params)), control) });

  return {
    'export.preview': async ({ request }, { signal }) => {
      const chosen = selection(request);
      const columns = columnsOf(chosen.project, chosen.request);
      const writer = writerOf(chosen, columns);
      const pieces = [...writer.head()];
      for await (const pairs of selectedPairs(chosen, columns, signal)) {
        for (const pair of pairs.slice(0, 8)) for (const [index, piece] of writer.pair(pair).entries()) pieces[index] = (pieces[index] ?? '') + piece;
        break;
      }
      return { pairs: await chosen.project.pairs.count(request.origin, predicateOf(request), signal), files: pathsOf(chosen.request, writer), head: pieces.join('\n') };
    },
    'export.start': (request) => {
      const chosen = selection(request);
      const paths = pathsOf(chosen.request, writerOf(chosen, columnsOf(chosen.project, chosen.request)));
      const taken = request.overwrite ? undefined : paths.find((path) => existsSync(path));
      if (taken !== undefined) throw new Failure('file-exists', `${taken} exists.`, { hint: 'Choose another name, or allow it to be replaced.' });
      return { job: input.jobs.start({ kind: 'export', title: `Export to ${request.path}`, params: chosen.request, stages: [{ name: 'write', unit: 'pairs', seconds: 2 }] }) };
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
  const columns = columnsOf(project, request);
  const writer = writerOf(chosen, columns);
  const stage = control.stage('write');
  stage.start(await project.pairs.count(request.origin, predicateOf(request), control.signal));
  const files = atomicFiles(pathsOf(request, writer), request.overwrite);
  try {
    await files.write(writer.head());
    let done = 0;
    for await (const pairs of selectedPairs(chosen, columns, control.signal)) {
      for (const pair of pairs) await files.write(writer.pair(pair));
      done += pairs.length;
      stage.progress(done);
    }
    await files.write(writer.tail());
    control.signal.throwIfAborted();
    const outputs = await files.commit();
    const written = await buildManifest({ project, models: input.models, request, programVersion: input.version, outputs, counts: writer.counts() });
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
