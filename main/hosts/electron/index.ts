/**
 * The shell: the smallest one that shows the page in a window, with every door closed that the page does not need.
 */
import { fileURLToPath } from 'node:url';
import { BrowserWindow, app, dialog } from 'electron';
import { handOutPorts } from './page-ports.ts';
import { pageAddress, registerPageScheme, servePage } from './page-protocol.ts';
import { startWorkbenchProcess } from './processes.ts';
import { pagePreferences, restrictPages } from './security.ts';

const built = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const start = async (): Promise<void> => {
  await app.whenReady();
  servePage(built('../renderer'));
  const workbench = startWorkbenchProcess({ version: app.getVersion(), dataFolder: app.getPath('userData'), resourcesFolder: built('../../resources') });
  workbench.onExit((reason) => {
    if (!quitting) dialog.showErrorBox('Dragoman has to close', `Its workbench process ended (${reason}). Every decision up to now is in the project file. Start Dragoman again to go on.`);
    app.quit();
  });
  app.on('will-quit', () => workbench.kill());
  handOutPorts(() => workbench);
  const window = new BrowserWindow({ width: 1280, height: 800, show: false, webPreferences: pagePreferences(built('../preload/index.cjs')) });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(pageAddress);
};

let quitting = false;
app.on('before-quit', () => { quitting = true; });
app.on('window-all-closed', () => app.quit());

registerPageScheme();
restrictPages();
if (app.requestSingleInstanceLock()) void start();
else app.quit();
