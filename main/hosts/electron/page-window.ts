import { BrowserWindow, dialog, screen } from 'electron';
import type { Loss, ShellWords } from '../../contract/shell.ts';
import { mayLoadAgain } from '../../domain/desktop/restart-plan.ts';
import { placeOf } from '../../domain/desktop/window-place.ts';
import type { Kept } from '../kept-facts.ts';
import { pageAddress } from './page-protocol.ts';
import { pagePreferences } from './security.ts';

export type PageWindowInput = { readonly preload: string; readonly kept: Kept; words(): ShellWords; onLoss(loss: Loss): void; giveUp(): void };

/** The one window: where it was, shown when it is drawn, its page loaded again when that crashes. */
export const openPageWindow = ({ preload, kept, words, onLoss, giveUp }: PageWindowInput): BrowserWindow => {
  const before = kept.read().window;
  const window = new BrowserWindow({
    ...placeOf(before, screen.getAllDisplays().map((display) => display.workArea)), minWidth: 800, minHeight: 500, title: 'Dragoman', show: false, webPreferences: pagePreferences(preload),
  });
  if (before?.maximised === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => kept.write({ window: { ...window.getNormalBounds(), maximised: window.isMaximized() } }));

  const load = (): void => { if (!window.isDestroyed()) window.loadURL(pageAddress).catch((thrown: unknown) => { process.stderr.write(`${String(thrown)}\n`); }); };
  const ends: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    const at = Date.now();
    ends.push(at);
    onLoss({ part: 'page', reason, exitCode, at });
    if (mayLoadAgain(ends, at)) { setTimeout(load, 250 * ends.length); return; }
    dialog.showErrorBox(words().pageStopped, words().pageStoppedDetail);
    giveUp();
  });
  load();
  return window;
};

/** Puts the window before the user: a second start, a file that was opened, a message that was clicked. */
export const showWindow = (window: BrowserWindow | undefined): void => {
  if (window === undefined || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};
