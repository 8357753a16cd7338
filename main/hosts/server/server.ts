import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { Failure, toFailureData } from '../../contract/errors.ts';
import type { Channel } from '../../contract/host.ts';
import { socketChannel } from '../../rpc/socket.ts';
import { type Access, isOwnOrigin, namesLoopback, sessionCookie } from './access.ts';
import { pageHeaders, sendFile } from './static-files.ts';
import { receiveUpload } from './uploads.ts';

export type ServerInput = {
  readonly access: Access;
  /** The built page. */
  readonly pageFolder: string;
  readonly uploadsFolder: string;
  readonly port: number;
  /** A page has connected. */
  readonly onPage: (channel: Channel) => void;
};

export type RunningServer = { readonly port: number; readonly url: string; close(): Promise<void> };

/** Largest message a page may send; rows go the other way. */
const largestMessage = 4 * 1024 * 1024;
/** A page that does not read is let go when this much waits for it. */
const mostWaiting = 64 * 1024 * 1024;

/**
 * The workbench on the loopback: the built page over HTTP, the link over a WebSocket at `/link`, dropped files at `/upload`.
 *
 * No CORS header is ever sent. Every request must name the loopback in `Host`; whatever can change something must come from the page itself.
 */
export const startServer = async (input: ServerInput): Promise<RunningServer> => {
  const { access } = input;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });
  const server = createServer((request, response) => { void handle(input, portOf(server), request, response); });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refuse = (status: string): void => { socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`); };
    if (!namesLoopback(request.headers.host, portOf(server))) return refuse('421 Misdirected Request');
    if (!isOwnOrigin(request, true)) return refuse('403 Forbidden');
    if (!access.hasSession(request)) return refuse('401 Unauthorized');
    if (new URL(request.url ?? '/', 'http://loopback').pathname !== '/link') return refuse('404 Not Found');
    sockets.handleUpgrade(request, socket, head, (page) => input.onPage(socketChannel(socketOf(page))));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE'
      ? new Failure('conflict', `Port ${input.port} is taken by another program.`, { hint: 'Choose another with --port, or leave it out.' }) : error));
    server.listen(input.port, '127.0.0.1', resolve);
  });
  const port = portOf(server);
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => {
      for (const page of sockets.clients) page.terminate();
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
};

const portOf = (server: Server): number => (server.address() as AddressInfo | null)?.port ?? 0;

const socketOf = (page: WebSocket) => ({
  send: (data: string): void => {
    if (page.bufferedAmount > mostWaiting) page.terminate(); else page.send(data);
  },
  listen: (onText: (text: string) => void, onClose: (reason: string) => void): void => {
    page.on('message', (data, isBinary) => { if (isBinary) page.close(1003, 'text only'); else onText(String(data)); });
    page.on('close', () => onClose('the page went away'));
    page.on('error', () => page.terminate());
  },
  close: (): void => page.close(),
});

const handle = async ({ access, pageFolder, uploadsFolder }: ServerInput, port: number, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const say = (status: number, text: string): void => { response.writeHead(status, { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`); };
  try {
    if (!namesLoopback(request.headers.host, port)) return say(421, 'This address is not served here.');
    if (!isOwnOrigin(request, request.method !== 'GET')) return say(403, 'Requests from other sites are refused.');
    const url = new URL(request.url ?? '/', 'http://loopback');
    const offered = url.searchParams.get('token');
    if (offered !== null && request.method === 'GET') {
      const session = access.exchange(offered);
      if (session === undefined && !access.hasSession(request)) return say(401, 'This address has been used or is wrong. Start the program again, or open the address it printed.');
      response.writeHead(303, { ...pageHeaders, location: '/', ...(session === undefined ? {} : { 'set-cookie': sessionCookie(session) }) }).end();
      return;
    }
    if (!access.hasSession(request)) return say(401, 'Open the address that the program printed: it carries the token.');
    if (request.method === 'POST' && url.pathname === '/upload') {
      const path = await receiveUpload(request, uploadsFolder, url.searchParams.get('name') ?? '');
      response.writeHead(200, { ...pageHeaders, 'content-type': 'application/json' }).end(JSON.stringify({ path }));
      return;
    }
    if (request.method !== 'GET') return say(405, 'This is not done here.');
    if (!sendFile(pageFolder, url.pathname, response)) say(404, 'There is nothing of that name.');
  } catch (thrown) {
    const data = toFailureData(thrown);
    say(data.code === 'conflict' ? 429 : 500, [data.message, data.hint ?? ''].join(' ').trim());
  }
};
