import { knownFailure } from '../../contract/known-failures.ts';
import type { ProjectStatus } from '../../contract/project.ts';
import type { Project } from '../../store/api.ts';

/** The one project this workbench has open, or none. */
export type CurrentProject = {
  get(): Project;
  orNone(): Project | undefined;
  set(project: Project | undefined): void;
  status(): ProjectStatus;
};

export const currentProject = (): CurrentProject => {
  let project: Project | undefined;
  return {
    get: () => {
      if (project === undefined) throw knownFailure('no-project');
      return project;
    },
    orNone: () => project,
    set: (next) => { project = next; },
    status: () => {
      if (project === undefined) return { path: null, name: null, sample: false, warnings: [], undo: null, redo: null, pairs: 0, sentences: 0 };
      const { undo, redo } = project.operations.next();
      return {
        path: project.path, name: project.name, sample: project.meta('sample') !== null, warnings: [...project.warnings, ...project.recovered], undo, redo, ...project.totals(),
      };
    },
  };
};
