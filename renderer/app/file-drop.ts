import { useEffect, useState } from 'react';
import { importPaths } from '../actions/project-steps.ts';
import { upload } from '../link/upload.ts';
import { useApp } from '../stores/hooks.tsx';

/** Files dropped anywhere are imported. True while they hover over the page. A served page hands them over first; they are not in its reach by path. */
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
      const files = [...(event.dataTransfer?.files ?? [])];
      void app.attempt(() => Promise.all(files.map((file) => upload(file)))).then((paths) => { if (paths !== undefined) void importPaths(app, paths); });
    };
    const listeners = [['dragenter', enter], ['dragleave', leave], ['dragover', over], ['drop', drop]] as const;
    for (const [name, listener] of listeners) window.addEventListener(name, listener);
    return () => { for (const [name, listener] of listeners) window.removeEventListener(name, listener); };
  }, [app]);
  return hovering;
};
