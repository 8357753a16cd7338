import type { FileEntry } from '../../main/contract/project.ts';
import type { App } from '../stores/app.ts';

/** Folders within folders that are looked into, and files that are taken at most: a dropped home folder must not be imported. */
const deepest = 4;
const most = 500;

/** The files of dropped folders in the order of their names, hidden ones left out; a path that is no folder is itself. */
export const filesOf = async (app: App, folders: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = [];
  const look = async (folder: string, depth: number): Promise<void> => {
    const { entries } = await app.link.call('project.browse', { folder });
    const ofKind = (kind: FileEntry['kind']): readonly string[] => entries.filter((entry) => entry.kind === kind).map((entry) => entry.path);
    found.push(...ofKind('file'));
    for (const inner of depth < deepest ? ofKind('folder') : []) if (found.length < most) await look(inner, depth + 1);
  };
  for (const folder of folders) await look(folder, 1);
  return found.slice(0, most);
};
