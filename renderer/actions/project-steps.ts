import { createStore } from 'zustand/vanilla';
import type { HistoryEntry } from '../../main/contract/project.ts';
import { t, type PlainKey } from '../strings/catalogue.ts';
import type { App } from '../stores/app.ts';

/** The steps behind actions that need a file chosen first. */
const projectEnding = '.dragoman';

export const openPath = (app: App, path: string): Promise<unknown> => app.attempt(async () => {
  app.stores.project.getState().know(await app.link.call('project.open', { path }));
  app.go({ room: 'corpora', path: [] });
});

export const openProject = async (app: App): Promise<void> => {
  const [path] = await app.stores.ui.getState().choose({ want: 'file', title: t('choose.project'), button: t('choose.open'), endings: [projectEnding] });
  if (path !== undefined) await openPath(app, path);
};

/** Asks where, makes the project, opens it. False when the user changed their mind or it failed. */
export const createProject = async (app: App): Promise<boolean> => {
  const [path] = await app.stores.ui.getState().choose({ want: 'save', title: t('choose.newProject'), button: t('choose.create'), endings: [projectEnding], suggestedName: `corpus${projectEnding}` });
  if (path === undefined) return false;
  const made = await app.attempt(async () => {
    app.stores.project.getState().know(await app.link.call('project.create', { path }));
    app.go({ room: 'corpora', path: [] });
    return true;
  });
  return made === true;
};

/** The sample is read and planned before its run is there; until then the room that opens says so. */
export const openSample = (app: App): Promise<unknown> => app.attempt(async () => {
  app.stores.ui.getState().setPreparing(true);
  const { status } = await app.link.call('project.openSample', { mine: true });
  app.stores.project.getState().know(status);
  app.go({ room: 'mine', path: [] });
});

/** Opens the import sheet on given files, or asks for files first; makes a project where none is open. */
export const importPaths = async (app: App, paths: readonly string[]): Promise<void> => {
  if (paths.length === 0) return;
  if (app.stores.project.getState().value?.path == null && !(await createProject(app))) return;
  app.stores.ui.getState().open({ kind: 'import', paths });
};

export const importFiles = async (app: App): Promise<void> => {
  const paths = await app.stores.ui.getState().choose({ want: 'files', title: t('choose.import'), button: t('choose.read'), endings: [] });
  await importPaths(app, paths);
};

export const saveCopy = async (app: App): Promise<void> => {
  const name = app.stores.project.getState().value?.name ?? 'corpus';
  const [path] = await app.stores.ui.getState().choose({ want: 'save', title: t('choose.copy'), button: t('choose.save'), endings: [projectEnding], suggestedName: `${name} copy${projectEnding}` });
  if (path === undefined) return;
  const copy = await app.attempt(() => app.link.call('project.saveCopy', { path }));
  if (copy !== undefined) app.stores.ui.getState().say({ text: t('toast.copySaved', { path: copy.path }) });
};

/** What undo or redo has brought back last, for a room that shows its row. */
export const broughtBack = createStore<{ readonly entry: HistoryEntry | undefined; readonly times: number }>()(() => ({ entry: undefined, times: 0 }));

/** The review room shows a single pair's change in its row; everything else is told. */
const tell = (app: App, entry: HistoryEntry | null, nothing: PlainKey, words: 'toast.undone' | 'toast.redone'): void => {
  if (entry !== null) broughtBack.setState({ entry, times: broughtBack.getState().times + 1 });
  if (entry !== null && entry.focusPair !== null && entry.bulk !== true && app.stores.address.getState().address?.room === 'review') return;
  app.stores.ui.getState().say({ text: entry === null ? t(nothing) : t(words, { title: entry.title }) });
};

export const undo = (app: App): Promise<unknown> => app.attempt(async () => {
  const { undone } = await app.link.call('project.undo', {});
  tell(app, undone, 'why.nothingToUndo', 'toast.undone');
});

export const redo = (app: App): Promise<unknown> => app.attempt(async () => {
  const { redone } = await app.link.call('project.redo', {});
  tell(app, redone, 'why.nothingToRedo', 'toast.redone');
});
