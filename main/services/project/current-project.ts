import { Failure } from '../../contract/errors.ts';
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
      if (project === undefined) throw new Failure('no-project', 'No project is open.', { hint: 'Open a project, or the sample project, first.' });
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
