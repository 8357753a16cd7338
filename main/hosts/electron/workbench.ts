/**
 * Entry of the workbench's utility process: the same workbench as in every host, with the shell as the one who starts processes.
 *
 * The shell says in the environment where things are (`../workbench-keeper.ts`), and after a crash which project was open: it is opened, and its jobs resumed,
 * before a page is answered.
 */
import { homedir, userInfo } from 'node:os';
import * as v from 'valibot';
import { loss } from '../../contract/shell.ts';
import { workbenchContract } from '../../contract/workbench.ts';
import { connect } from '../../rpc/client.ts';
import { pipe } from '../../rpc/pipe.ts';
import { openGate } from '../../services/project/index.ts';
import { createWorkbench } from '../../services/workbench.ts';
import { brokeredProcessHost } from '../brokered-process-host.ts';
import { goOn, tellFacts } from '../restarted-workbench.ts';

const told = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The shell started the workbench without ${name}.`);
  return value;
};
const note = (name: string, thrown: unknown): void => { process.stderr.write(`${name}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`); };

const workbench = createWorkbench({
  processHost: brokeredProcessHost(process.parentPort, {
    page: (page) => { void ready.then(() => workbench.serve(page)); },
    close: () => { void workbench.close().catch((thrown: unknown) => note('close', thrown)).finally(() => process.exit(0)); },
  }),
  capabilities: { host: 'window', nativeDialogs: true, revealInFolder: true, taskbarProgress: true, fileDrop: 'path' },
  gate: openGate([homedir()]),
  version: told('DRAGOMAN_VERSION'), dataFolder: told('DRAGOMAN_DATA'), resourcesFolder: told('DRAGOMAN_RESOURCES'), earlierEnds: v.parse(v.array(loss), JSON.parse(told('DRAGOMAN_ENDS'))),
  annotator: userInfo().username, now: () => Date.now(), onFailure: note,
});

const [near, far] = pipe();
workbench.serve(far);
const client = connect(near, workbenchContract);
tellFacts(client, () => workbench.current.orNone()?.path ?? null, (facts) => process.parentPort.postMessage({ type: 'facts', ...facts }));
const ready = goOn(client, { project: told('DRAGOMAN_PROJECT'), resume: told('DRAGOMAN_RESUME') === '1' }).catch((thrown: unknown) => note('reopen', thrown));
