import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Notification, app, dialog, shell, type BrowserWindow } from 'electron';
import type { Channel } from '../../contract/host.ts';
import type { InputOf } from '../../contract/method.ts';
import { shellContract, type Loss, type ShellContract, type ShellWords, type WorkbenchState } from '../../contract/shell.ts';
import { serve, type Implementation, type Served } from '../../rpc/server.ts';
import { crashReport } from './crash-report.ts';
import type { Kept } from '../kept-facts.ts';
import { showMenus } from './menu.ts';
import { showWindow } from './page-window.ts';
import { openOutside } from './security.ts';
import type { WorkbenchKeeper } from '../workbench-keeper.ts';
import { firstWords } from './words.ts';

export type ShellServiceInput = { readonly kept: Kept; keeper(): WorkbenchKeeper; window(): BrowserWindow | undefined };
export type ShellService = {
  serve(channel: Channel): void;
  /** Files for the page; they wait until it is ready. */
  open(paths: readonly string[]): void;
  workbench(state: WorkbenchState): void;
  pageLost(loss: Loss): void;
  words(): ShellWords;
};

/** The shell's contract, for the one page there is: its events go to the page that asked last. */
export const createShellService = ({ kept, keeper, window }: ShellServiceInput): ShellService => {
  let page: Served<ShellContract> | undefined;
  let isReady = false;
  let waiting: string[] = [];
  let pageLoss: Loss | null = null;
  let words = firstWords;

  const implementation: Implementation<ShellContract> = {
    'shell.start': () => {
      const before = { open: waiting, workbench: keeper().state, pageLoss, keepsDumps: kept.read().dumps };
      [waiting, pageLoss, isReady] = [[], null, true];
      return before;
    },
    'shell.describe': ({ menus, words: told }) => {
      words = told;
      showMenus(menus, (id) => page?.tell('shell.run', { id }));
      return {};
    },
    'shell.choose': async (request) => ({ paths: await choose(window(), request) }),
    'shell.reveal': ({ path }) => { shell.showItemInFolder(path); return {}; },
    'shell.notify': ({ title, body }) => {
      if (window()?.isFocused() === true || !Notification.isSupported()) return {};
      const message = new Notification({ title, body });
      message.on('click', () => showWindow(window()));
      message.show();
      return {};
    },
    'shell.openAddress': async ({ address }) => ({ opened: await openOutside(address) }),
    'shell.restartWorkbench': () => { keeper().restart(); return {}; },
    'shell.saveReport': async () => {
      const [path] = await choose(window(), { want: 'save', title: '', button: '', endings: ['.txt'], suggestedName: 'dragoman-report.txt' });
      if (path !== undefined) await writeFile(path, crashReport([...keeper().losses, ...(pageLoss === null ? [] : [pageLoss])], keeper().lines));
      return { path: path ?? null };
    },
    'shell.keepDumps': ({ keep }) => { kept.write({ dumps: keep }); return {}; },
  };

  return {
    serve: (channel) => {
      page?.close();
      isReady = false;
      const served = serve(channel, shellContract, implementation);
      page = served;
      channel.onClose(() => { if (page === served) [page, isReady] = [undefined, false]; });
    },
    open: (paths) => {
      showWindow(window());
      if (isReady) page?.tell('shell.open', { paths: [...paths] });
      else waiting.push(...paths);
    },
    workbench: (state) => page?.tell('shell.workbench', state),
    pageLost: (loss) => { pageLoss = loss; },
    words: () => words,
  };
};

type Choice = InputOf<ShellContract['shell.choose']>;

/** Empty titles and buttons are the system's own. */
const choose = async (window: BrowserWindow | undefined, { want, title, button, endings, suggestedName }: Choice): Promise<string[]> => {
  if (window === undefined) return [];
  // Dialogs know one ending only: of `.tar.gz` the last part.
  const extensions = [...new Set(endings.map((ending) => ending.slice(ending.lastIndexOf('.') + 1)))];
  const common = { title, buttonLabel: button, filters: extensions.length === 0 ? [] : [{ name: extensions.map((each) => `*.${each}`).join(', '), extensions }] };
  if (want === 'save') {
    const { filePath, canceled } = await dialog.showSaveDialog(window, { ...common, defaultPath: join(app.getPath('documents'), basename(suggestedName ?? '')) });
    return canceled || filePath === '' ? [] : [filePath];
  }
  const { filePaths, canceled } = await dialog.showOpenDialog(window, { ...common, properties: want === 'folder' ? ['openDirectory', 'createDirectory'] : want === 'files' ? ['openFile', 'multiSelections'] : ['openFile'] });
  return canceled ? [] : filePaths;
};
