import { useEffect, useState } from 'react';
import { filesOf } from '../actions/dropped-paths.ts';
import { openPaths } from '../actions/project-steps.ts';
import { upload } from '../link/upload.ts';
import type { App } from '../stores/app.ts';
import { useApp } from '../stores/hooks.tsx';

/** Files dropped anywhere are imported, projects opened. True while they hover over the page. */
export const useFileDrop = (): boolean => {
  const app = useApp();
  const [hovering, setHovering] = useState(false);
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent): void => { if (hasFiles(event)) { depth += 1; setHovering(true); } };
    const leave = (event: DragEvent): void => { if (hasFiles(event)) { depth -= 1; if (depth <= 0) setHovering(false); } };
    const over = (event: DragEvent): void => { if (hasFiles(event)) event.preventDefault(); };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setHovering(false);
      const taken = take(event.dataTransfer);
      void app.attempt(() => handOver(app, taken)).then((paths) => { if (paths !== undefined) void openPaths(app, paths); });
    };
    const listeners = [['dragenter', enter], ['dragleave', leave], ['dragover', over], ['drop', drop]] as const;
    for (const [name, listener] of listeners) window.addEventListener(name, listener);
    return () => { for (const [name, listener] of listeners) window.removeEventListener(name, listener); };
  }, [app]);
  return hovering;
};

type Dropped = { readonly file: File; readonly isFolder: boolean };

/** Before the event is over, as the browser forgets then which of them are folders. */
const take = (transfer: DataTransfer | null): readonly Dropped[] => [...(transfer?.items ?? [])].flatMap((item) => {
  const file = item.kind === 'file' ? item.getAsFile() : null;
  return file === null ? [] : [{ file, isFolder: item.webkitGetAsEntry()?.isDirectory === true }];
});

/** In the window by their paths, folders as the files in them; a served page hands them over first, as they are not in its reach by path. */
const handOver = async (app: App, dropped: readonly Dropped[]): Promise<readonly string[]> => {
  const { shell } = app;
  if (shell === undefined) return Promise.all(dropped.map(({ file }) => upload(file)));
  const placed = dropped.map(({ file, isFolder }) => ({ path: shell.pathOf(file), isFolder })).filter(({ path }) => path !== '');
  return [...placed.filter(({ isFolder }) => !isFolder).map(({ path }) => path), ...await filesOf(app, placed.filter(({ isFolder }) => isFolder).map(({ path }) => path))];
};
