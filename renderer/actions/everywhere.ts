import { BookOpen, Box, Copy, FileDown, FileUp, FolderOpen, FolderPlus, Gauge, Info, Keyboard, Library, LogOut, PanelLeft, Pickaxe, Redo2, Search, Settings2, Stethoscope, Undo2, ZoomIn, ZoomOut } from 'lucide-react';
import { action, hasProject, type Action } from './action.ts';
import { createProject, importFiles, openProject, openSample, redo, saveCopy, saveDiagnostics, undo } from './project-steps.ts';

/** What can be done from any room. */
export const everywhereActions: readonly Action[] = [
  action({ id: 'app.palette', label: 'action.palette', keys: ['Control+K'], icon: Search, scope: 'everywhere', run: (app) => app.stores.ui.getState().open({ kind: 'palette' }) }),
  action({ id: 'app.keys', label: 'action.keys', keys: ['?'], icon: Keyboard, scope: 'everywhere', run: (app) => app.stores.ui.getState().open({ kind: 'keys' }) }),
  action({
    id: 'project.undo', label: 'action.undo', keys: ['Z', 'Control+Z'], icon: Undo2, scope: 'everywhere',
    when: (app) => { const open = hasProject(app); return open !== true ? open : app.stores.project.getState().value?.undo == null ? { why: 'why.nothingToUndo' } : true; },
    run: undo,
  }),
  action({
    id: 'project.redo', label: 'action.redo', keys: ['Shift+Z', 'Control+Shift+Z', 'Control+Y'], icon: Redo2, scope: 'everywhere',
    when: (app) => { const open = hasProject(app); return open !== true ? open : app.stores.project.getState().value?.redo == null ? { why: 'why.nothingToRedo' } : true; },
    run: redo,
  }),
  action({ id: 'app.jobs', label: 'action.jobs', keys: ['Shift+J'], icon: Gauge, scope: 'everywhere', run: (app) => app.stores.ui.getState().open({ kind: 'jobs' }) }),
  action({ id: 'app.corpora', label: 'action.corpora', keys: ['Shift+C'], icon: Library, scope: 'everywhere', when: hasProject, run: (app) => app.go({ room: 'corpora', path: [] }) }),
  action({ id: 'app.mine', label: 'action.mine', keys: ['Shift+M'], icon: Pickaxe, scope: 'everywhere', when: hasProject, run: (app) => app.go({ room: 'mine', path: [] }) }),
  action({ id: 'app.export', label: 'action.export', keys: ['Shift+E'], icon: FileUp, scope: 'everywhere', when: hasProject, run: (app) => app.stores.ui.getState().open({ kind: 'export', origin: null }) }),
  action({ id: 'app.models', label: 'action.models', keys: [], icon: Box, scope: 'everywhere', run: (app) => app.go({ room: 'models', path: [] }) }),
  action({ id: 'app.settings', label: 'action.settings', keys: ['Control+,'], icon: Settings2, scope: 'everywhere', run: (app) => app.stores.ui.getState().open({ kind: 'settings' }) }),
  action({ id: 'app.remap', label: 'action.remap', keys: [], icon: Keyboard, scope: 'everywhere', run: (app) => app.stores.ui.getState().open({ kind: 'remap' }) }),
  action({ id: 'app.saveDiagnostics', label: 'action.saveDiagnostics', keys: [], icon: Stethoscope, scope: 'everywhere', run: saveDiagnostics }),
  action({ id: 'app.about', label: 'action.about', keys: [], icon: Info, scope: 'everywhere', run: (app) => app.stores.ui.getState().open({ kind: 'about' }) }),
  // At the last step too, so that the browser does not go on with a zoom of its own.
  action({ id: 'app.zoomIn', label: 'action.zoomIn', keys: ['Control++', 'Control+='], icon: ZoomIn, scope: 'everywhere', run: (app) => app.stores.ui.getState().stepZoom(1) }),
  action({ id: 'app.zoomOut', label: 'action.zoomOut', keys: ['Control+-'], icon: ZoomOut, scope: 'everywhere', run: (app) => app.stores.ui.getState().stepZoom(-1) }),
  action({ id: 'app.zoomUsual', label: 'action.zoomUsual', keys: ['Control+0'], icon: Search, scope: 'everywhere', run: (app) => app.stores.ui.getState().setZoom(1) }),
  action({ id: 'app.margin', label: 'action.margin', keys: ['['], icon: PanelLeft, scope: 'everywhere', run: (app) => app.stores.ui.getState().toggleMargin() }),
  action({ id: 'app.start', label: 'action.start', keys: [], icon: Info, scope: 'everywhere', run: (app) => app.go({ room: 'start', path: [] }) }),
  action({ id: 'project.create', label: 'action.createProject', keys: [], icon: FolderPlus, scope: 'everywhere', run: createProject }),
  action({ id: 'project.saveCopy', label: 'action.saveCopy', keys: [], icon: Copy, scope: 'everywhere', when: hasProject, run: saveCopy }),
  action({
    id: 'project.close', label: 'action.closeProject', keys: [], icon: LogOut, scope: 'everywhere', when: hasProject,
    run: (app) => app.attempt(async () => {
      app.stores.project.getState().know(await app.link.call('project.close', {}));
      app.go({ room: 'start', path: [] });
    }),
  }),
  action({ id: 'project.import', label: 'action.import', keys: ['I'], icon: FileDown, scope: 'everywhere', run: importFiles }),
  action({ id: 'project.open', label: 'action.openProject', keys: ['O'], icon: FolderOpen, scope: 'everywhere', run: openProject }),
  action({ id: 'project.openSample', label: 'action.openSample', keys: [], icon: BookOpen, scope: 'everywhere', run: openSample }),
];

/** One of them, by its name. */
export const everywhereAction = (id: string): Action => {
  const found = everywhereActions.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no action "${id}" that acts everywhere.`);
  return found;
};
