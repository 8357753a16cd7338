import { writeFileSync } from 'node:fs';
import { hostname, homedir, userInfo } from 'node:os';
import { basename } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { Failure } from '../../contract/errors.ts';
import type { Model } from '../../contract/models.ts';
import type { HostFacts } from '../../contract/project.ts';
import type { Loss } from '../../contract/shell.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import { diagnosticBundle } from '../../domain/desktop/diagnostics.ts';
import { describeEnd } from '../../domain/desktop/process-end.ts';
import type { Implementation } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { Jobs } from '../jobs/index.ts';
import type { FileGate } from './browse.ts';
import type { CurrentProject } from './current-project.ts';

export type DiagnosticsInput = {
  readonly current: CurrentProject;
  readonly jobs: Jobs;
  readonly gate: FileGate;
  readonly host: () => HostFacts;
  readonly models: () => readonly Model[];
  readonly dataFolder: string;
  readonly earlierEnds: readonly Loss[];
  readonly now: () => number;
};

/** The diagnostic bundle: what help needs, without any text of the user's. */
export const createDiagnostics = (input: DiagnosticsInput): Pick<Implementation<WorkbenchContract>, 'project.saveDiagnostics'> => ({
  'project.saveDiagnostics': ({ path, settings }) => {
    const file = input.gate.check(path);
    const project = input.current.orNone();
    const { collections, warnings, names } = project === undefined ? nothingOpen : factsOf(project, input.current);
    const text = `${JSON.stringify(diagnosticBundle({
      at: input.now(), versions: versions(input.host().version), host: input.host(), heapLimitBytes: getHeapStatistics().heap_size_limit, residentBytes: process.memoryUsage.rss(),
      project: project === undefined ? null : { collections, warnings, ...project.totals(), sample: project.meta('sample') !== null },
      jobs: input.jobs.records().map((record) => record.job), models: input.models(), settings,
      ends: input.earlierEnds.map(({ part, reason, exitCode, at }) => `${new Date(at).toISOString()} ${part}: ${describeEnd(reason, exitCode)}`),
      names: [...names, homedir(), hostname(), userInfo().username, input.dataFolder],
    }), undefined, 1)}\n`;
    try {
      writeFileSync(file, text);
    } catch (thrown) {
      throw new Failure('file-unreadable', `The file ${file} cannot be written.`, { detail: thrown instanceof Error ? thrown.message : String(thrown), hint: 'Choose another folder.' });
    }
    return { path: file, bytes: Buffer.byteLength(text) };
  },
});

const nothingOpen = { collections: 0, warnings: [] as readonly string[], names: [] as readonly string[] };

/** The names in a project: they may stand in the words of a failure. */
const factsOf = (project: Project, current: CurrentProject): typeof nothingOpen => {
  const collections = project.collections.list();
  return { collections: collections.length, warnings: current.status().warnings, names: [project.name, project.path, basename(project.path), ...collections.map((one) => one.name)] };
};

const versions = (program: string): Record<string, string> => {
  const { node, v8, electron, chrome } = process.versions;
  return { program, node, v8, ...(electron === undefined ? {} : { electron }), ...(chrome === undefined ? {} : { chrome }), platform: `${process.platform} ${process.arch}` };
};
