import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { Failure } from '../../contract/errors.ts';
import type { Job } from '../../contract/jobs.ts';
import { workbenchContract, type WorkbenchContract } from '../../contract/workbench.ts';
import { isAtRest } from '../../domain/jobs/job-state.ts';
import { connect, fromFailureData, type Client } from '../../rpc/client.ts';
import { pipe } from '../../rpc/pipe.ts';
import { socketChannel } from '../../rpc/socket.ts';
import { openGate } from '../../services/project/index.ts';
import { createWorkbench } from '../../services/workbench.ts';
import { readAttachFile } from '../server/attach-file.ts';
import { childProcessHost } from '../server/child-process-host.ts';
import { programVersion, userDataFolder } from '../server/places.ts';
import { readLock } from '../../store/lock.ts';
import type { Progress } from './progress.ts';

/** A command's hold on a workbench. */
export type Session = {
  readonly client: Client<WorkbenchContract>;
  /** Where the workbench runs: in this process, or the one that has the project open. */
  readonly attached: string | null;
  /** Follows a job to its end; anything but `done` is a failure. */
  finish(job: number, progress: Progress): Promise<Job>;
  close(): Promise<void>;
};

export const resourcesFolder = fileURLToPath(new URL('../../../resources', import.meta.url));

/**
 * Opens a workbench for a command: over a temporary project when no file is named; over the named one otherwise.
 *
 * A project that is open elsewhere is not opened twice: the command attaches to the workbench that has it, or says who holds it.
 */
export const openSession = async (projectFile: string | undefined): Promise<Session> => {
  const path = projectFile === undefined ? undefined : resolve(projectFile);
  const holder = path === undefined ? undefined : attachable(path);
  return holder === undefined ? ownSession(path) : attachedSession(holder);
};

const attachable = (path: string): { readonly address: string; readonly token: string } | undefined => {
  const lock = readLock(path);
  if (lock === null || lock.address === null) return undefined;
  const token = readAttachFile(userDataFolder(), Number(new URL(lock.address).port));
  return token === undefined ? undefined : { address: lock.address, token };
};

const ownSession = async (path: string | undefined): Promise<Session> => {
  const workbench = createWorkbench({
    processHost: childProcessHost(),
    capabilities: { host: 'command-line', nativeDialogs: false, revealInFolder: false, taskbarProgress: false, fileDrop: 'path' },
    gate: openGate([process.cwd()]), version: programVersion(), dataFolder: userDataFolder(), resourcesFolder,
    annotator: userInfo().username, now: () => Date.now(),
  });
  const [near, far] = pipe();
  workbench.serve(far);
  const client = connect(near, workbenchContract);
  const temporary = path === undefined ? mkdtempSync(join(tmpdir(), 'dragoman-')) : undefined;
  const close = async (): Promise<void> => {
    await workbench.close();
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  };
  try {
    await workbench.projects.openOrCreate(path ?? join(temporary ?? '', 'run.dragoman'));
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return { client, attached: null, finish: (job, progress) => follow(client, job, progress), close };
};

const attachedSession = async (holder: { readonly address: string; readonly token: string }): Promise<Session> => {
  const entry = await fetch(`${holder.address}?token=${holder.token}`, { redirect: 'manual' });
  const cookie = entry.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Failure('project-locked', `The project is open in the workbench at ${holder.address}, which does not let this command in.`, { hint: 'Close the project there, or run the command as the user who opened it.' });
  const address = new URL('/link', holder.address);
  const socket = new WebSocket(`ws://${address.host}/link`, { headers: { cookie, origin: `http://${address.host}` } });
  await new Promise<void>((go, fail) => { socket.once('open', () => go()); socket.once('error', fail); });
  const client = connect(socketChannel({
    send: (data) => socket.send(data),
    listen: (onText, onClose) => { socket.on('message', (data) => onText(String(data))); socket.on('close', () => onClose('the workbench went away')); },
    close: () => socket.close(),
  }), workbenchContract);
  return { client, attached: holder.address, finish: (job, progress) => follow(client, job, progress), close: async () => client.close() };
};

const follow = async (client: Client<WorkbenchContract>, id: number, progress: Progress): Promise<Job> => {
  const interrupt = (): void => { progress.say('Stopping ...'); void client.call('jobs.cancel', { job: id }).catch(() => undefined); };
  process.once('SIGINT', interrupt);
  try {
    const last = await new Promise<Job>((go, fail) => {
      const seen = (job: Job): void => {
        if (job.id !== id) return;
        progress.show(job);
        if (isAtRest(job.state)) { leave(); go(job); }
      };
      const leave = client.on('jobs.changed', seen);
      client.onClose((reason) => fail(new Failure('link-lost', reason)));
      client.call('jobs.get', { job: id }).then(seen, fail);
    });
    progress.end();
    if (last.state === 'done') return last;
    if (last.failure !== null) throw fromFailureData(last.failure);
    throw new Failure('cancelled', `${last.title}: ${last.state}.`);
  } finally {
    process.removeListener('SIGINT', interrupt);
  }
};
