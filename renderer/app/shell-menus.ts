import type { Menus, ShellWords } from '../../main/contract/shell.ts';
import type { Action } from '../actions/action.ts';
import { t, tIfAny } from '../strings/catalogue.ts';

/** An action as it stands now: shown with its key in force, and whether it can be done. */
export type MenuAction = Pick<Action, 'id' | 'label' | 'scope'> & { readonly key: string | undefined; readonly enabled: boolean };

type Entry = Menus[number]['entries'][number];

const helpIds = ['app.palette', 'app.keys', 'app.remap', 'app.saveDiagnostics', 'app.about'];
const viewIds = ['app.margin', 'app.zoomIn', 'app.zoomOut', 'app.zoomUsual'];
const editIds = ['project.undo', 'project.redo'];
const settingsIds = ['app.settings'];

/**
 * The menu bar, made from the same actions as the palette: project, editing, the open room, places to go, view, help.
 *
 * Only actions that are shown now are handed in. An action that no list names stands where its id says: `project.` with the project, `app.` among the places. On
 * macOS undo is also the field's own, as keys of editing work there through the menu only.
 */
export const menusOf = (actions: readonly MenuAction[], { room, platform }: { readonly room: string; readonly platform: string }): Menus => {
  const mac = platform === 'darwin';
  const entry = ({ id, label, key, enabled }: MenuAction): Entry => ({ id, label: t(label), keys: mac && editIds.includes(id) ? null : (key ?? null), enabled });
  const named = (ids: readonly string[]): Entry[] => ids.flatMap((id) => actions.filter((action) => action.id === id).map(entry));
  const listed = new Set([...helpIds, ...viewIds, ...editIds, ...settingsIds]);
  const rest = (scope: string, prefix: string): Entry[] => actions.filter((action) => action.scope === scope && action.id.startsWith(prefix) && !listed.has(action.id)).map(entry);
  const role = (name: Extract<Entry, { role: unknown }>['role'], label: string): Entry => ({ role: name, label });
  const quit = role('quit', t('menu.quit'));
  const program = { label: 'Dragoman', entries: [...named(['app.about']), 'line' as const, ...named(settingsIds), 'line' as const, role('services', t('menu.services')), role('hide', t('menu.hide')), role('hideOthers', t('menu.hideOthers')), role('unhide', t('menu.unhide')), 'line' as const, quit] };
  const menus: Menus = [
    ...(mac ? [program] : []),
    { label: t('bar.project'), entries: [...rest('everywhere', 'project.'), ...(mac ? [] : ['line' as const, ...named(settingsIds), 'line' as const, quit])] },
    { label: t('menu.edit'), entries: [
      ...named(editIds), 'line', ...(mac ? [role('undo', t('menu.undoTyping')), role('redo', t('menu.redoTyping'))] : []), role('cut', t('menu.cut')), role('copy', t('menu.copy')), role('paste', t('menu.paste')), role('selectAll', t('menu.selectAll')),
    ] },
    { label: tIfAny(`room.${room}`, room), entries: rest(room, '') },
    { label: t('menu.go'), entries: rest('everywhere', 'app.') },
    { label: t('menu.view'), entries: [...named(viewIds), 'line', role('togglefullscreen', t('menu.fullScreen')), role('minimize', t('menu.minimise'))] },
    { label: t('menu.help'), entries: named(helpIds) },
  ];
  return menus.filter((menu) => menu.entries.some((each) => each !== 'line'));
};

/** What the shell says by itself, in the language of the page. */
export const shellWords = (): ShellWords => ({
  quitTitle: t('shell.quitTitle'), quitDetail: t('shell.quitDetail'), quit: t('menu.quit'), stay: t('shell.stay'), pageStopped: t('shell.pageStopped'), pageStoppedDetail: t('shell.pageStoppedDetail'),
});
