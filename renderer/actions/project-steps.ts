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

/** What the system or a drop hands over: a project is opened, everything else imported. Of several projects the last one. */
export const openPaths = async (app: App, paths: readonly string[]): Promise<void> => {
  const project = paths.findLast((path) => path.endsWith(projectEnding));
  if (project !== undefined) await openPath(app, project);
  await importPaths(app, paths.filter((path) => !path.endsWith(projectEnding)));
};

/** A file for whoever helps, where the user says; the page adds how it looks. */
export const saveDiagnostics = async (app: App): Promise<void> => {
  const { choose, say, theme, density, zoom, language } = app.stores.ui.getState();
  const [path] = await choose({ want: 'save', title: t('choose.diagnostics'), button: t('choose.save'), endings: ['.json'], suggestedName: 'dragoman-diagnostics.json' });
  if (path === undefined) return;
  const saved = await app.attempt(() => app.link.call('project.saveDiagnostics', { path, settings: { theme, density, zoom, language, width: window.innerWidth, height: window.innerHeight } }));
  if (saved !== undefined) say({ text: t('toast.diagnosticsSaved', { path: saved.path }) });
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

/** Milliseconds after which a step through the history says what it is doing, and can be cancelled. */
const patience = 400;

/** What takes long (a change of a million pairs) can be cancelled: all is then as it was before the step. */
const step = (app: App, words: 'toast.undoing' | 'toast.redoing', entry: HistoryEntry | null | undefined, take: (signal: AbortSignal) => Promise<void>): Promise<unknown> => app.attempt(async () => {
  const ui = app.stores.ui.getState();
  const stop = new AbortController();
  const timer = setTimeout(() => ui.say({ text: t(words, { title: entry?.title ?? '' }), cancel: () => stop.abort() }), patience);
  try {
    await take(stop.signal);
  } catch (thrown) {
    if (!stop.signal.aborted) throw thrown;
    ui.say({ text: t('toast.stays') });
  } finally {
    clearTimeout(timer);
    for (const { id, cancel } of app.stores.ui.getState().toasts) if (cancel !== undefined) ui.dismiss(id);
  }
});

export const undo = (app: App): Promise<unknown> => step(app, 'toast.undoing', app.stores.project.getState().value?.undo, async (signal) => {
  const { undone } = await app.link.call('project.undo', {}, { signal });
  tell(app, undone, 'why.nothingToUndo', 'toast.undone');
});

export const redo = (app: App): Promise<unknown> => step(app, 'toast.redoing', app.stores.project.getState().value?.redo, async (signal) => {
  const { redone } = await app.link.call('project.redo', {}, { signal });
  tell(app, redone, 'why.nothingToRedo', 'toast.redone');
});
