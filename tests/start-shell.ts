import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type * as Fake from './fakes/electron.ts';
import { shellContract, type ShellContract } from '../main/contract/shell.ts';
import { connect, type Client } from '../main/rpc/client.ts';
import { messagePortChannel } from '../main/rpc/message-port.ts';

/** What a test has of a started shell: its Electron, its folder, and pages that ask it. */
export type StartedShell = {
  readonly electron: typeof Fake;
  readonly folder: string;
  /** A page asks on a channel; the ports it was given. */
  ask(channel: string, frame?: object | null): readonly Fake.FakePort[];
  /** A page of the window, connected to the shell. */
  page(): Client<ShellContract>;
  /** The workbench process that was forked last. */
  workbench(): Fake.FakeUtilityProcess;
  /** What that process tells its shell. */
  tell(message: object): void;
};

/** The whole shell, as `index.ts` puts it together, over a new fake and a new folder. */
export const startShell = async (prepare: (electron: typeof Fake, folder: string) => void = () => undefined): Promise<StartedShell> => {
  vi.resetModules();
  const electron = await import('./fakes/electron.ts');
  const folder = mkdtempSync(join(tmpdir(), 'shell-'));
  vi.stubEnv('DRAGOMAN_HOME', folder);
  prepare(electron, folder);
  await import('../main/hosts/electron/index.ts');
  await Promise.resolve();
  const ask = (channel: string, frame: object | null = pageFrame): readonly Fake.FakePort[] => {
    const given: Fake.FakePort[] = [];
    electron.ipcMain.emit(channel, { senderFrame: frame === null ? null : { ...frame, postMessage: (_name: string, _message: unknown, ports: readonly Fake.FakePort[]) => { given.push(...ports); } } });
    return given;
  };
  const workbench = (): Fake.FakeUtilityProcess => {
    const last = electron.observed.processes.findLast((each) => each.modulePath.endsWith('workbench.js'));
    if (last === undefined) throw new Error('No workbench was forked.');
    return last;
  };
  return {
    electron, folder, ask, workbench,
    page: () => {
      const [port] = ask('dragoman:shell');
      if (port === undefined) throw new Error('The page got no port to the shell.');
      return connect(messagePortChannel(port), shellContract);
    },
    tell: (message) => { workbench().emit('message', message); },
  };
};

/** The main frame of our own page. */
export const pageFrame = { origin: 'app://dragoman', parent: null, isDestroyed: () => false };
