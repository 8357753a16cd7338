import type { Job } from '../../contract/jobs.ts';
import type { Model } from '../../contract/models.ts';
import type { HostFacts } from '../../contract/project.ts';
import { withoutContent } from './without-content.ts';

export type DiagnosticFacts = {
  readonly at: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly host: HostFacts;
  /** V8's limit in the workbench process, bytes, and what the process holds now. */
  readonly heapLimitBytes: number;
  readonly residentBytes: number;
  readonly project: { readonly collections: number; readonly pairs: number; readonly sentences: number; readonly sample: boolean; readonly warnings: readonly string[] } | null;
  readonly jobs: readonly Job[];
  readonly models: readonly Model[];
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Ends of processes that nobody asked for, as sentences. */
  readonly ends: readonly string[];
  /** What is known to be the user's: names of collections, files, annotators, the account. */
  readonly names: readonly string[];
};

/**
 * What may leave the machine when somebody asks for help: versions, settings, kinds and states of jobs, codes of failures. No text of the user's.
 *
 * Everything is named here one by one; what is not named does not get in. Titles, subjects, notes and logs of jobs are left out, sentences of failures and
 * warnings go through `withoutContent`, models that were added are counted, not named.
 */
export const diagnosticBundle = ({ at, versions, host, heapLimitBytes, residentBytes, project, jobs, models, settings, ends, names }: DiagnosticFacts) => {
  const clean = (text: string): string => withoutContent(text, names);
  return {
    format: 'dragoman-diagnostics-1',
    about: 'Versions, settings, kinds and states of jobs, codes of failures. No sentences, names, paths or titles of yours; read it before you send it.',
    at: new Date(at).toISOString(),
    versions,
    host: { kind: host.host, platform: host.platform, cores: host.cores, memoryBytes: host.memoryBytes, heapLimitBytes, residentBytes, engine: { state: host.engine.state, residentBytes: host.engine.residentBytes, note: host.engine.note === null ? null : clean(host.engine.note) } },
    project: project === null ? null : { collections: project.collections, pairs: project.pairs, sentences: project.sentences, sample: project.sample, warnings: project.warnings.map(clean) },
    jobs: jobs.map(({ kind, state, progress, startedAt, endedAt, pausable, failure, stages }) => ({
      kind, state, progress, seconds: startedAt === null || endedAt === null ? null : (endedAt - startedAt) / 1000, pausable,
      failure: failure === null ? null : { code: failure.code, message: clean(failure.message) },
      stages: stages.map(({ name, state: stageState, done, total, unit, rate, seconds }) => ({ name, state: stageState, done, total, unit, rate, seconds })),
    })),
    models: models.filter((model) => model.bundled).map(({ encoder, state, measures }) => ({ id: encoder.id, state, measures: measures.map(({ provider, state: measured, sentencesPerSecond, difference }) => ({ provider, state: measured, sentencesPerSecond, difference })) })),
    addedModels: models.filter((model) => !model.bundled).map(({ state, encoder }) => ({ state, dimension: encoder.dimension, pooling: encoder.pooling })),
    settings: Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value])),
    ends: ends.map(clean),
  };
};
export type DiagnosticBundle = ReturnType<typeof diagnosticBundle>;
