import type { Collection, ImportFile } from '../../contract/corpora.ts';
import { Failure } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { Jobs } from '../jobs/index.ts';
import { filesOf } from './extend.ts';
import { registerImportJob, startImport } from './import-job.ts';
import { inspectFiles } from './inspect.ts';
import { previewOf } from './preview.ts';

export type CorporaInput = {
  readonly project: () => Project;
  readonly jobs: Jobs;
  /** Lets a path in, or throws: the served page only reaches its roots. */
  readonly gate: { check(path: string): string };
  /** Named in the history. */
  readonly annotator: string;
};

/** Files in, sentences or pairs with ids, languages and provenance out. */
export const createCorporaService = (input: CorporaInput): PartOf<WorkbenchContract, 'corpora'> => {
  const { project, gate, annotator } = input;
  registerImportJob(input);
  const admitted = (file: ImportFile): ImportFile => ({ ...file, path: gate.check(file.path), targetPath: file.targetPath === null ? null : gate.check(file.targetPath) });

  return {
    'corpora.list': () => [...project().collections.list()],
    'corpora.inspect': ({ paths }, { signal }) => inspectFiles(paths.map((path) => gate.check(path)), signal),
    'corpora.preview': ({ file }, { signal }) => previewOf(admitted(file), signal),
    'corpora.import': ({ name, files }) => startImport(input, { name, files: files.map(admitted) }),
    'corpora.extend': async ({ collection, name, files }, { signal }) => (
      startImport(input, { name, files: [...(await filesOf(project().collections.get(collection), signal)).map(admitted), ...files.map(admitted)] })),
    'corpora.rename': async ({ collection, name }) => {
      const { collections, operations } = project();
      const before = collections.get(collection);
      if (before.name === name) return before;
      await operations.run({ title: `Renamed ${before.name} to ${name}`, annotator }, (recorder) => recorder.renameCollection(collection, name));
      return collections.get(collection);
    },
    'corpora.remove': async ({ collection }) => {
      const { collections, operations } = project();
      const before = collections.get(collection);
      if (before.state === 'importing') throw knownFailure('being-imported', { name: before.name });
      await operations.run({ title: `Removed ${before.name}`, annotator }, (recorder) => recorder.setCollectionRemoved(collection, true));
      return { removed: before.size };
    },
    'corpora.sentences': ({ collection, from, count }) => {
      const { sentences } = project();
      const at = monolingual(project(), collection);
      return { rows: [...sentences.page(at.id, from, count)], total: sentences.count(at.id) };
    },
    'corpora.malformed': ({ collection, from, count }) => {
      const { rows, total } = project().malformed.page(collection, from, count);
      return { rows: [...rows], total };
    },
    'corpora.occurrences': ({ collection, ordinal, from, count }) => {
      const { rows, total } = project().sentences.occurrences(monolingual(project(), collection).id, ordinal, from, count);
      return { rows: [...rows], total };
    },
  };
};

/** Sentences are shown for monolingual collections; those of a bitext are the pairs room's. */
const monolingual = (project: Project, id: number): Collection => {
  const found = project.collections.get(id);
  if (found.kind === 'bitext') throw new Failure('bad-input', `"${found.name}" holds pairs, not sentences of one language.`, { hint: 'Look at its pairs instead.' });
  return found;
};
