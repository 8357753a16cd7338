import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect, isDeepStrictEqual } from 'node:util';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { WebSocket } from 'ws';
import type { Channel } from '../main/contract/host.ts';
import { workbenchContract, type WorkbenchContract } from '../main/contract/workbench.ts';
import { createAccess, insideRoots } from '../main/hosts/server/access.ts';
import { childProcessHost } from '../main/hosts/server/child-process-host.ts';
import type { Limits } from '../main/hosts/server/limits.ts';
import { startServer, type RunningServer } from '../main/hosts/server/server.ts';
import { connect, type Client } from '../main/rpc/client.ts';
import { pipe } from '../main/rpc/pipe.ts';
import { portChannel } from '../main/rpc/port.ts';
import { socketChannel } from '../main/rpc/socket.ts';
import { createWorkbench, type Workbench } from '../main/services/workbench.ts';

/** A real workbench over a temporary folder, its own served host, and clients of every kind. */
export type Bench = {
  readonly folder: string;
  readonly workbench: Workbench;
  readonly server: RunningServer;
  readonly token: string;
  /** Over the in-memory pipe, or over the link that `DRAGOMAN_TEST_LINK` names (`port`, `socket`): so a whole suite can be run over each. */
  readonly client: Client<WorkbenchContract>;
  byPipe(): Client<WorkbenchContract>;
  /** Over a real MessageChannel. */
  byPort(): Client<WorkbenchContract>;
  /** Pages that are connected by socket. */
  pages(): number;
  cookie(): Promise<string>;
  bySocket(): Promise<Client<WorkbenchContract>>;
  close(): Promise<void>;
};

const resourcesFolder = fileURLToPath(new URL('../resources', import.meta.url));

/** `limits`: of the served host, where a test wants to meet them. */
export const openBench = async (limits: Partial<Limits> = {}): Promise<Bench> => {
  const folder = mkdtempSync(join(tmpdir(), 'dragoman-test-'));
  const workbench = createWorkbench({
    processHost: childProcessHost(), version: 'test', dataFolder: join(folder, 'data'), resourcesFolder, annotator: 'tester', now: () => Date.now(), checkOutputs: true,
    capabilities: { host: 'served', nativeDialogs: false, revealInFolder: false, taskbarProgress: false, fileDrop: 'upload' },
    gate: { roots: [folder], check: (path) => insideRoots([folder], path) },
  });
  const access = createAccess(() => Date.now());
  let pages = 0;
  const onPage = (channel: Channel): void => {
    pages += 1;
    channel.onClose(() => { pages -= 1; });
    workbench.serve(channel);
  };
  const server = await startServer({ access, pageFolder: join(folder, 'page'), uploadsFolder: join(folder, 'uploads'), port: 0, onPage, limits });
  const byPipe = (): Client<WorkbenchContract> => {
    const [near, far] = pipe();
    workbench.serve(sayingOnlyJson(far));
    return connect(near, workbenchContract);
  };
  const byPort = (): Client<WorkbenchContract> => {
    const { port1, port2 } = new MessageChannel();
    workbench.serve(sayingOnlyJson(overPort(port2)));
    return connect(overPort(port1), workbenchContract);
  };
  const cookie = async (): Promise<string> => {
    const response = await fetch(`${server.url}?token=${access.attachToken}`, { redirect: 'manual' });
    return response.headers.get('set-cookie')?.split(';')[0] ?? '';
  };
  const bySocket = async (): Promise<Client<WorkbenchContract>> => connect(await dial(server.url, await cookie()), workbenchContract);
  const chosen = process.env['DRAGOMAN_TEST_LINK'];
  return {
    folder, workbench, server, token: access.token, client: chosen === 'socket' ? await bySocket() : chosen === 'port' ? byPort() : byPipe(),
    byPipe, byPort, bySocket, pages: () => pages, cookie,
    close: async () => {
      await workbench.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A port of Node's own MessageChannel. */
const overPort = (port: MessagePort): Channel => portChannel({
  post: (message) => port.postMessage(message),
  listen: (onMessage, onClose) => {
    port.on('message', onMessage);
    port.on('close', () => onClose('the other end closed the port'));
    port.start();
  },
  close: () => port.close(),
});

/** A pipe or port carries more than the socket's JSON does (undefined, NaN, bytes): an answer that would reach some pages changed fails in every test. */
const sayingOnlyJson = (channel: Channel): Channel => ({
  ...channel,
  send: (message) => {
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(message)), message)) throw new Error(`This would not survive the socket: ${inspect(message, { depth: 6 })}`);
    channel.send(message);
  },
});

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
