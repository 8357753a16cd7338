/**
 * Entry of the workbench's utility process: the same workbench as in every host, with the shell as the one who starts processes.
 *
 * The shell says in the environment where things are (`processes.ts`), since only it may ask Electron.
 */
import { homedir, userInfo } from 'node:os';
import { createWorkbench } from '../../services/workbench.ts';
import { brokeredProcessHost } from './brokered-process-host.ts';

const told = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The shell started the workbench without ${name}.`);
  return value;
};

const workbench = createWorkbench({
  processHost: brokeredProcessHost(process.parentPort, (page) => workbench.serve(page)),
  // What the shell cannot do yet is not promised: pages then use their own choosers and hand files over.
  capabilities: { host: 'window', nativeDialogs: false, revealInFolder: false, taskbarProgress: false, fileDrop: 'upload' },
  gate: { roots: [homedir()], check: (path) => path },
  version: told('DRAGOMAN_VERSION'),
  dataFolder: told('DRAGOMAN_DATA'),
  resourcesFolder: told('DRAGOMAN_RESOURCES'),
  annotator: userInfo().username,
  now: () => Date.now(),
  onFailure: (name, thrown) => process.stderr.write(`${name}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`),
});
