import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { recentProject, type RecentProject } from '../../contract/project.ts';

const file = v.array(v.omit(recentProject, ['missing']));
const most = 20;

export type RecentProjects = { list(): RecentProject[]; remember(project: Omit<RecentProject, 'missing'>): void };

/** Projects opened lately, in a small file of the user's data folder. An unreadable file is an empty list: nothing depends on it. */
export const recentProjects = (path: string): RecentProjects => {
  const read = (): Omit<RecentProject, 'missing'>[] => {
    try {
      return v.parse(file, JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      return [];
    }
  };
  return {
    list: () => read().map((one) => ({ ...one, missing: !existsSync(one.path) })),
    remember: (project) => {
      mkdirSync(dirname(path), { recursive: true });
      const next = [project, ...read().filter((one) => one.path !== project.path)].slice(0, most);
      writeFileSync(`${path}.new`, JSON.stringify(next, undefined, 1));
      renameSync(`${path}.new`, path);
    },
  };
};
