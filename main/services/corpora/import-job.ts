import * as v from 'valibot';
import { importRequest, type ImportRequest } from '../../contract/corpora.ts';
import { Failure } from '../../contract/errors.ts';
import type { Project } from '../../store/api.ts';
import type { JobControl, Jobs } from '../jobs/index.ts';
import { collectionShape } from './import-options.ts';
import { bytesOf, runImport } from './import-run.ts';

/** The import as a job: created with its collection, cancellable, started anew after a kill or a failure. */

const parameters = v.object({ request: importRequest, collection: v.number() });

/** Bytes of compressed text a second, for the first estimate of the time. */
const expectedRate = 8_000_000;

export type ImportJobInput = { readonly project: () => Project; readonly jobs: Jobs; readonly annotator: string };

export const registerImportJob = ({ project, jobs, annotator }: ImportJobInput): void => {
  jobs.register('import', {
    pausable: false,
    lane: 'import',
    run: (control, params) => perform(control, v.parse(parameters, params), project(), annotator, jobs),
    cancelled: (_params, job) => discard(project(), job.collection),
    failed: (_params, job) => discard(project(), job.collection),
  });
};

export const startImport = async ({ project, jobs }: ImportJobInput, request: ImportRequest): Promise<{ readonly job: number; readonly collection: number }> => {
  const shape = collectionShape(request.files);
  const bytes = (await bytesOf(request)).reduce((sum, one) => sum + one, 0);
  const collection = project().collections.create({ name: request.name, ...shape });
  const job = jobs.start({
    kind: 'import', title: `Import ${request.name}`, subject: request.name, collection,
    stages: [{ name: 'read', subject: request.name, unit: 'bytes', seconds: 0.5 + bytes / expectedRate }, { name: 'save', subject: request.name, unit: 'steps', seconds: 0.2 }],
    params: { request, collection } satisfies v.InferOutput<typeof parameters>,
  });
  return { job, collection };
};

const perform = async (control: JobControl, { request, collection: first }: v.InferOutput<typeof parameters>, project: Project, annotator: string, jobs: Jobs): Promise<void> => {
  const collection = freshCollection(project, jobs.get(control.job).collection ?? first, request);
  control.setCollection(collection);
  const total = (await bytesOf(request)).reduce((sum, one) => sum + one, 0);
  const read = control.stage('read');
  const save = control.stage('save');
  read.start(total);
  await runImport({
    project, collection, request, annotator, signal: control.signal,
    progress: (bytes) => read.progress(bytes),
    saving: () => { read.finish(); save.start(1); },
  });
  save.finish();
  const { lines, empty, malformed, merged, size } = project.collections.get(collection);
  control.log('info', `${lines} lines: ${size} kept, ${merged} merged with an identical one, ${empty} empty, ${malformed} malformed.`);
};

/** The collection made with the job, while nothing stands in it yet; after a kill or a failure a new one, and a partial one is given up for it. */
const freshCollection = (project: Project, id: number, request: ImportRequest): number => {
  const known = project.collections.list().find((one) => one.id === id);
  if (known?.state === 'importing' && known.files.length === 0) return id;
  if (known?.state === 'ready') throw new Failure('conflict', `"${known.name}" is imported already.`);
  if (known !== undefined) project.collections.discard(id);
  return project.collections.create({ name: request.name, ...collectionShape(request.files) });
};

/** What a cancelled or failed import half made. A partial collection is worth keeping: it holds all that a damaged file had. */
const discard = (project: Project, id: number | null): void => {
  const known = project.collections.list().find((one) => one.id === id);
  if (known?.state === 'importing') project.collections.discard(known.id);
};
