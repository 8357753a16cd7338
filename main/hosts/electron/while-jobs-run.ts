import { powerSaveBlocker, type BrowserWindow } from 'electron';
import type { WorkbenchFacts } from '../shell-messages.ts';

/** While jobs run: their progress in the taskbar, and the machine does not fall asleep. */
export const whileJobsRun = (window: () => BrowserWindow | undefined): ((facts: WorkbenchFacts) => void) => {
  let blocker: number | undefined;
  return ({ running, progress }) => {
    const shown = window();
    if (shown !== undefined && !shown.isDestroyed()) shown.setProgressBar(running === 0 ? -1 : progress);
    if (running > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
};
