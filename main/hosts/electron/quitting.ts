import { app, dialog, type BrowserWindow } from 'electron';
import type { ShellWords } from '../../contract/shell.ts';
import type { WorkbenchKeeper } from '../workbench-keeper.ts';

/** How long the workbench may take to stop its jobs at a safe place and to close the project, ms. */
const patience = 15_000;

export type QuittingInput = { readonly keeper: WorkbenchKeeper; readonly window: BrowserWindow; words(): ShellWords };

/** Quitting, in order: asks while jobs run, lets the workbench close the project, then ends. Closing the window is quitting. */
export const quitInOrder = ({ keeper, window, words }: QuittingInput): void => {
  let step: 'here' | 'asked' | 'leaving' = 'here';
  const leave = async (): Promise<void> => {
    step = 'asked';
    if (keeper.facts.running > 0 && !(await isSure())) { step = 'here'; return; }
    window.hide();
    await keeper.close(patience);
    step = 'leaving';
    app.quit();
  };
  const isSure = async (): Promise<boolean> => {
    const { quitTitle, quitDetail, quit, stay } = words();
    const { response } = await dialog.showMessageBox(window, { type: 'question', message: quitTitle, detail: quitDetail, buttons: [quit, stay], defaultId: 1, cancelId: 1 });
    return response === 0;
  };
  app.on('before-quit', (event) => {
    if (step === 'leaving') return;
    event.preventDefault();
    if (step === 'here') void leave();
  });
  window.on('close', (event) => {
    if (step === 'leaving') return;
    event.preventDefault();
    app.quit();
  });
  app.on('window-all-closed', () => app.quit());
};
