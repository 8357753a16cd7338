import { join } from 'node:path';
import type { Run } from '../../contract/mine.ts';
import type { Project } from '../../store/api.ts';

/** Where a run's files are, and where its sentences. */
export const runFolder = (project: Project, run: number): string => join(project.folder, 'runs', String(run));

export const sidesOf = (project: Project, run: Pick<Run, 'kind' | 'source' | 'target'>): { readonly source: number; readonly target: number } => (run.kind === 'mine'
  ? { source: project.collections.sides(run.source.collection).source, target: project.collections.sides(run.target.collection).target }
  : project.collections.sides(run.source.collection));
