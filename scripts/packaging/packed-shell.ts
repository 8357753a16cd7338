/**
 * Stands in for the shell, under plain Node: starts the packaged workbench and engine, opens the sample project and mines it.
 *
 * `node packed-shell.ts PROGRAM RESOURCES DATA`: the unpacked `app.asar`, the packaged `resources/`, an empty folder. The last line of its output is a
 * {@link PackedStory}. It gives the workbench what Electron would: `process.parentPort`, a port for the page, an engine in a process of its own.
 */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { workbenchContract } from '../../main/contract/workbench.ts';
import type { FromShell, ToShell } from '../../main/hosts/shell-messages.ts';
import { connect } from '../../main/rpc/client.ts';
import { messagePortChannel, type MessagePortLike } from '../../main/rpc/message-port.ts';

/** What was seen; every number is checked by the smoke test. */
export type PackedStory = {
  readonly models: readonly { readonly id: string; readonly state: string }[];
  readonly collections: number;
  readonly sentences: number;
  readonly jobs: readonly { readonly title: string; readonly state: string; readonly failure: string | null }[];
  readonly pairs: number;
  /** What the About sheet would list. */
  readonly licences: number;
};

const [program = '', resources = '', data = ''] = process.argv.slice(2);

/** A Node port with the face of Electron's. */
const asElectronPort = (port: MessagePort): MessagePortLike => ({
  on: (event: 'message' | 'close', listener: (message: { readonly data: unknown }) => void) => (event === 'close' ? port.on('close', () => listener({ data: null })) : port.on('message', (message: unknown) => listener({ data: message }))),
  postMessage: (message) => port.postMessage(message),
  start: () => port.start(),
  close: () => port.close(),
});

/** The end of a child process's pipe with the same face. */
const startEngine = (env: Readonly<Record<string, string>>, tell: (message: FromShell, ports?: readonly MessagePortLike[]) => void, process_: number): (() => void) => {
  const child = fork(join(program, 'out/main/engine.js'), [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, ...env } });
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => tell({ type: 'error-line', process: process_, line }));
  child.on('exit', (code) => tell({ type: 'exited', process: process_, reason: `exit code ${String(code)}` }));
  tell({ type: 'spawned', process: process_, pid: child.pid }, [{
    on: (event: 'message' | 'close', listener: (message: { readonly data: unknown }) => void) => (event === 'close' ? child.on('disconnect', () => listener({ data: null })) : child.on('message', (message) => listener({ data: message }))),
    postMessage: (message) => { if (child.connected) child.send(message as object, () => undefined); },
    start: () => undefined,
    close: () => { if (child.connected) child.disconnect(); },
  }]);
  return () => { child.kill('SIGKILL'); };
};

/** Sets `process.parentPort` and returns how to talk through it. */
const standIn = (): { readonly tell: (message: FromShell, ports?: readonly MessagePortLike[]) => void; readonly end: () => void } => {
  const events = new EventEmitter();
  const engines = new Map<number, () => void>();
  const tell = (data: FromShell, ports: readonly MessagePortLike[] = []): void => { events.emit('message', { data, ports }); };
  const postMessage = (message: ToShell): void => {
    if (message.type === 'spawn') engines.set(message.process, startEngine(message.env, tell, message.process));
    else if (message.type === 'kill') engines.get(message.process)?.();
  };
  Reflect.set(process, 'parentPort', Object.assign(events, { postMessage }));
  return { tell, end: () => { for (const kill of engines.values()) kill(); } };
};

const shell = standIn();
Object.assign(process.env, { DRAGOMAN_VERSION: 'smoke', DRAGOMAN_DATA: data, DRAGOMAN_RESOURCES: resources, DRAGOMAN_ENDS: '[]', DRAGOMAN_PROJECT: '', DRAGOMAN_RESUME: '', DRAGOMAN_CACHE: join(data, 'cache') });
await import(pathToFileURL(join(program, 'out/main/workbench.js')).href);
const { port1, port2 } = new MessageChannel();
shell.tell({ type: 'page' }, [asElectronPort(port1)]);
const page = connect(messagePortChannel(asElectronPort(port2)), workbenchContract);

const listed = await page.call('models.list', {});
const models = [];
for (const { encoder } of listed) models.push(await page.call('models.verify', { id: encoder.id }));
const { entries } = await page.call('about.licences', {});
await page.call('project.openSample', { mine: true });
// Mining begins when the imports are done, so it is the run that is waited for.
for (const last = Date.now() + 240_000; Date.now() < last;) {
  const runs = await page.call('mine.runs', {});
  const jobs = await page.call('jobs.list', {});
  if (jobs.some(({ state }) => state === 'failed') || (runs.length > 0 && runs.every(({ state }) => state !== 'planned' && state !== 'running'))) break;
  await new Promise((resolve) => setTimeout(resolve, 200));
}
const [jobs, collections, runs] = await Promise.all([page.call('jobs.list', {}), page.call('corpora.list', {}), page.call('mine.runs', {})]);
const story: PackedStory = {
  models: models.map(({ encoder, state }) => ({ id: encoder.id, state })),
  collections: collections.length,
  sentences: collections.reduce((sum, collection) => sum + collection.size, 0),
  jobs: jobs.map(({ title, state, failure }) => ({ title, state, failure: failure?.message ?? null })),
  licences: entries?.length ?? 0,
  pairs: runs.reduce((sum, run) => sum + (run.counts?.kept ?? 0), 0),
};
await page.call('project.close', {});
shell.end();
process.stdout.write(`${JSON.stringify(story)}\n`, () => process.exit(0));
