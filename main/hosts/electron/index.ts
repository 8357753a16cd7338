/**
 * The shell, as a table of contents: every door closed first, then one workbench that is kept alive, one window, and what the desktop expects of a program.
 *
 * It never computes and never opens a project file. Each line is a small module of this folder.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow } from 'electron';
import { messagePortChannel } from '../../rpc/message-port.ts';
import { userDataFolder } from '../data-folder.ts';
import { keptIn } from '../kept-facts.ts';
import { keepWorkbench, type WorkbenchKeeper } from '../workbench-keeper.ts';
import { takeAskedFiles } from './asked-files.ts';
import { startCrashDumps } from './crash-report.ts';
import { handOutPorts } from './page-ports.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { openPageWindow, showWindow } from './page-window.ts';
import { startWorkbenchProcess, type WorkbenchProcess } from './processes.ts';
import { quitInOrder } from './quitting.ts';
import { restrictPages } from './security.ts';
import { createShellService } from './shell-service.ts';
import { whileJobsRun } from './while-jobs-run.ts';

const built = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
// One folder for everything of this user, shared with the served page and the command line.
app.setPath('userData', userDataFolder());
const kept = keptIn(join(app.getPath('userData'), 'window.json'));
let window: BrowserWindow | undefined;
let keeper: WorkbenchKeeper<WorkbenchProcess>;
const service = createShellService({ kept, keeper: () => keeper, window: () => window });

const start = async (): Promise<void> => {
  await app.whenReady();
  servePage(built('../renderer'));
  const showJobs = whileJobsRun(() => window);
  let project: string | null = null;
  keeper = keepWorkbench({
    start: startWorkbenchProcess, version: app.getVersion(), dataFolder: app.getPath('userData'), resourcesFolder: app.isPackaged ? process.resourcesPath : built('../../resources'),
    onState: service.workbench,
    onFacts: (facts) => {
      showJobs(facts);
      if (facts.project !== null && facts.project !== project) app.addRecentDocument(facts.project);
      project = facts.project;
    },
  });
  handOutPorts({
    workbench: (makePort) => keeper.whenRunning((workbench) => workbench.connectPage(makePort())),
    shell: (port) => service.serve(messagePortChannel(port, 'the page was closed')),
  });
  window = openPageWindow({ preload: built('../preload/index.cjs'), kept, words: service.words, onLoss: service.pageLost, giveUp: () => app.quit() });
  quitInOrder({ keeper, window, words: service.words });
  app.on('activate', () => showWindow(window));
};

registerPageScheme();
restrictPages();
startCrashDumps(kept.read().dumps);
if (takeAskedFiles(service.open)) void start();
else app.quit();
