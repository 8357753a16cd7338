import * as v from 'valibot';
import { command, event, nothing, query } from './method.ts';

/**
 * What the page of the window may ask of the shell, over a port of its own: windows, dialogs, menus; nothing of the corpus.
 *
 * Validated at the shell's edge like every contract. The served page has no shell: `renderer/link/shell.ts` is undefined there.
 */
const shortText = v.pipe(v.string(), v.maxLength(300));
const pathText = v.pipe(v.string(), v.minLength(1), v.maxLength(4096), v.check((path) => !path.includes('\0'), 'a path has no NUL'));
const effects = { undoable: false, touches: [] } as const;

/** Why a process ended: Electron's words for it, and V8's own end at its memory limit. */
export const endReason = v.picklist(['clean-exit', 'abnormal-exit', 'killed', 'crashed', 'oom', 'heap-limit', 'launch-failed', 'integrity-failure', 'memory-eviction']);
export type EndReason = v.InferOutput<typeof endReason>;

/** One end of a process that nobody asked for. */
export const loss = v.object({ part: v.picklist(['workbench', 'engine', 'page']), reason: endReason, exitCode: v.number(), at: v.number() });
export type Loss = v.InferOutput<typeof loss>;

/** `kept`: what the next start brings back; `stopped`: too many ends in a row, the next start is the user's. */
export const workbenchState = v.object({
  state: v.picklist(['running', 'restarting', 'stopped']),
  kept: v.picklist(['project-and-jobs', 'project', 'nothing']),
  loss: v.nullable(loss),
});
export type WorkbenchState = v.InferOutput<typeof workbenchState>;

/** Menu entries that the system does itself. */
export const menuRole = v.picklist(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'togglefullscreen', 'minimize', 'hide', 'hideOthers', 'unhide', 'services', 'quit']);

/** An action as the menu shows it: written keys (`Control+K`, `Shift+Z`, `I`), and whether it can be done now. */
export const menuEntry = v.union([
  v.literal('line'),
  v.strictObject({ id: v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z0-9-]*(?:\.[a-zA-Z0-9-]+)+$/u)), label: shortText, keys: v.nullable(v.pipe(v.string(), v.maxLength(40))), enabled: v.boolean() }),
  v.strictObject({ role: menuRole, label: shortText }),
]);
export const menus = v.pipe(v.array(v.strictObject({ label: shortText, entries: v.pipe(v.array(menuEntry), v.maxLength(100)) })), v.maxLength(20));
export type Menus = v.InferOutput<typeof menus>;

/** The words the shell says by itself, in the page's language; until a page has told them it has English ones. */
export const shellWords = v.strictObject({
  quitTitle: shortText, quitDetail: shortText, quit: shortText, stay: shortText,
  pageStopped: shortText, pageStoppedDetail: shortText,
});
export type ShellWords = v.InferOutput<typeof shellWords>;

export const shellContract = {
  /** The page is ready: what waited for it. Later ones come as events. */
  'shell.start': command(nothing, v.object({ open: v.array(v.string()), workbench: workbenchState, pageLoss: v.nullable(loss), keepsDumps: v.boolean() }), effects),
  'shell.describe': command(v.strictObject({ menus, words: shellWords }), nothing, effects),
  /** The system's own file dialog; no paths when the user changed their mind. */
  'shell.choose': query(v.strictObject({
    want: v.picklist(['files', 'file', 'folder', 'save']), title: shortText, button: shortText,
    endings: v.pipe(v.array(v.pipe(v.string(), v.regex(/^(?:\.[a-z0-9]{1,12}){1,3}$/u))), v.maxLength(60)), suggestedName: v.nullable(v.pipe(shortText, v.regex(/^[^/\\\0]*$/u))),
  }), v.object({ paths: v.array(v.string()) })),
  /** Shows a file in the system's file manager. */
  'shell.reveal': command(v.strictObject({ path: pathText }), nothing, effects),
  /** A message of the system, shown only while the window is not in front. */
  'shell.notify': command(v.strictObject({ title: shortText, body: shortText }), nothing, effects),
  /** Opens a page of the allow-list (https, known hosts) in the user's browser; false where it is not on it. */
  'shell.openAddress': command(v.strictObject({ address: v.pipe(v.string(), v.maxLength(2000)) }), v.object({ opened: v.boolean() }), effects),
  /** After too many ends in a row: one more start. */
  'shell.restartWorkbench': command(nothing, nothing, effects),
  /** Writes a report of the last ends, without any text of the user's, where the user says; null when they changed their mind. */
  'shell.saveReport': command(nothing, v.object({ path: v.nullable(v.string()) }), effects),
  /** Memory dumps of crashes stay on this machine, and are only made when the user wants them: they may contain text. From the next start. */
  'shell.keepDumps': command(v.strictObject({ keep: v.boolean() }), nothing, effects),
  'shell.open': event(v.object({ paths: v.array(v.string()) })),
  /** A menu entry was chosen. */
  'shell.run': event(v.object({ id: v.string() })),
  'shell.workbench': event(workbenchState),
} as const;
export type ShellContract = typeof shellContract;
