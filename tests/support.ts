import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import type { Channel } from '../main/contract/host.ts';
import { workbenchContract, type WorkbenchContract } from '../main/contract/workbench.ts';
import { createAccess, insideRoots } from '../main/hosts/server/access.ts';
import { childProcessHost } from '../main/hosts/server/child-process-host.ts';
import { startServer, type RunningServer } from '../main/hosts/server/server.ts';
import { connect, type Client } from '../main/rpc/client.ts';
import { pipe } from '../main/rpc/pipe.ts';
import { socketChannel } from '../main/rpc/socket.ts';
import { createWorkbench, type Workbench } from '../main/services/workbench.ts';

/** A real workbench over a temporary folder, its own served host, and clients of both kinds. */
export type Bench = {
  readonly folder: string;
  readonly workbench: Workbench;
  readonly server: RunningServer;
  readonly token: string;
  readonly byPipe: Client<WorkbenchContract>;
  cookie(): Promise<string>;
  bySocket(): Promise<Client<WorkbenchContract>>;
  close(): Promise<void>;
};

const resourcesFolder = fileURLToPath(new URL('../resources', import.meta.url));

export const openBench = async (): Promise<Bench> => {
  const folder = mkdtempSync(join(tmpdir(), 'dragoman-test-'));
  const workbench = createWorkbench({
    processHost: childProcessHost(), version: 'test', dataFolder: join(folder, 'data'), resourcesFolder, annotator: 'tester', now: () => Date.now(), checkOutputs: true,
    capabilities: { host: 'served', nativeDialogs: false, revealInFolder: false, taskbarProgress: false, fileDrop: 'upload' },
    gate: { roots: [folder], check: (path) => insideRoots([folder], path) },
  });
  const access = createAccess(() => Date.now());
  const server = await startServer({ access, pageFolder: join(folder, 'page'), uploadsFolder: join(folder, 'uploads'), port: 0, onPage: (channel) => { workbench.serve(channel); } });
  const [near, far] = pipe();
  workbench.serve(far);
  const cookie = async (): Promise<string> => {
    const response = await fetch(`${server.url}?token=${access.attachToken}`, { redirect: 'manual' });
    return response.headers.get('set-cookie')?.split(';')[0] ?? '';
  };
  return {
    folder, workbench, server, token: access.token, byPipe: connect(near, workbenchContract), cookie,
    bySocket: async () => connect(await dial(server.url, await cookie()), workbenchContract),
    close: async () => {
      await workbench.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const dial = async (url: string, cookie: string): Promise<Channel> => {
  const { host } = new URL(url);
  const socket = new WebSocket(`ws://${host}/link`, { headers: { cookie, origin: `http://${host}` } });
  const channel = socketChannel({
    send: (data) => socket.send(data),
    listen: (onText, onClose) => { socket.on('message', (data) => onText(String(data))); socket.on('close', () => onClose('closed')); },
    close: () => socket.close(),
  });
  await new Promise<void>((go, fail) => { socket.once('open', () => go()); socket.once('error', fail); });
  return channel;
};

/** Resolves when a job is at rest. */
export const settled = async (client: Client<WorkbenchContract>, job: number) => {
  for (;;) {
    const now = await client.call('jobs.get', { job });
    if (!['queued', 'running', 'pausing', 'cancelling'].includes(now.state)) return now;
    await new Promise((go) => { setTimeout(go, 20); });
  }
};
