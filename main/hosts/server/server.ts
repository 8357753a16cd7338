import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { Failure, toFailureData, type ErrorCode } from '../../contract/errors.ts';
import type { Channel } from '../../contract/host.ts';
import { socketChannel } from '../../rpc/socket.ts';
import { type Access, isOwnOrigin, namesLoopback, sessionCookie } from './access.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { pageSocket, watchPages } from './page-socket.ts';
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
  readonly limits?: Partial<Limits>;
};

export type RunningServer = { readonly port: number; readonly url: string; close(): Promise<void> };

/**
 * The workbench on the loopback: the built page over HTTP, the link over a WebSocket at `/link`, dropped files at `/upload`.
 *
 * No CORS header is ever sent. Every request must name the loopback in `Host`; whatever can change something must come from the page itself.
 */
export const startServer = async (input: ServerInput): Promise<RunningServer> => {
  const limits = { ...defaultLimits, ...input.limits };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.message, perMessageDeflate: false });
  const server = createServer(
    { headersTimeout: limits.head, requestTimeout: limits.request, connectionsCheckingInterval: Math.min(limits.head, 5_000) },
    (request, response) => { void handle(input, limits, request, response); },
  );
  server.maxConnections = limits.connections;
  server.setTimeout(limits.idle);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refused = refusal(input.access, request) ?? (sockets.clients.size >= limits.pages ? '503 Service Unavailable' : undefined);
    if (refused !== undefined) return refuse(socket, refused);
    sockets.handleUpgrade(request, socket, head, (page: WebSocket) => {
      sockets.emit('connection', page, request);
      input.onPage(socketChannel(pageSocket(page, limits)));
    });
  });
  const stopWatching = watchPages(sockets, limits.heartbeat);
  await listen(server, input.port);
  const port = portOf(server);
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => {
      stopWatching();
      for (const page of sockets.clients) page.terminate();
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
};

const listen = (server: Server, port: number): Promise<void> => new Promise((resolve, reject) => {
  server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE'
    ? new Failure('conflict', `Port ${port} is taken by another program.`, { hint: 'Choose another with --port, or leave it out.' }) : error));
  server.listen(port, '127.0.0.1', resolve);
});

const portOf = (server: Server): number => (server.address() as AddressInfo | null)?.port ?? 0;

/** Why a WebSocket is not opened, as a status line; undefined: it is. */
const refusal = (access: Access, request: IncomingMessage): string | undefined => {
  if (!namesLoopback(request.headers.host, request.socket.localPort ?? 0)) return '421 Misdirected Request';
  if (!isOwnOrigin(request, true)) return '403 Forbidden';
  if (!access.hasSession(request)) return '401 Unauthorized';
  return addressOf(request)?.pathname === '/link' ? undefined : '404 Not Found';
};

/** A socket taken out of HTTP has no listeners any more: one that breaks while it is refused would end the program. */
const refuse = (socket: Duplex, status: string): void => {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
};

/** Undefined where a request asks for something that is no path of ours, as those to a proxy do. */
const addressOf = ({ url = '' }: IncomingMessage): URL | undefined => (url.startsWith('/') ? URL.parse(`http://loopback${url}`) ?? undefined : undefined);

const hasBody = ({ headers }: IncomingMessage): boolean => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const statuses: Partial<Readonly<Record<ErrorCode, number>>> = { 'bad-input': 400, 'disk-full': 507, cancelled: 400 };

const handle = async ({ access, pageFolder, uploadsFolder }: ServerInput, limits: Limits, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const say = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): void => {
    // A body that was refused is not read to its end.
    const close = hasBody(request) ? { connection: 'close' } : {};
    response.writeHead(status, { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...close, ...headers }).end(`${text}\n`);
  };
  try {
    if (!namesLoopback(request.headers.host, request.socket.localPort ?? 0)) return say(421, 'This address is not served here.');
    if (!isOwnOrigin(request, request.method !== 'GET')) return say(403, 'Requests from other sites are refused.');
    const url = addressOf(request);
    if (url === undefined) return say(400, 'This is no address.');
    const offered = url.searchParams.get('token');
    if (offered !== null && request.method === 'GET') return logIn(access, offered, request, response, say);
    if (!access.hasSession(request)) return say(401, 'Open the address that the program printed: it carries the token.');
    const wanted = url.pathname === '/upload' ? 'POST' : 'GET';
    if (request.method !== wanted) return say(405, 'This is not done here.', { allow: wanted });
    if (wanted === 'POST') {
      if (Number(request.headers['content-length'] ?? 0) > limits.upload) return say(413, tooLarge(limits.upload));
      const path = await receiveUpload(request, uploadsFolder, url.searchParams.get('name') ?? '', limits.upload);
      if (path === undefined) return say(413, tooLarge(limits.upload));
      response.writeHead(200, { ...pageHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify({ path }));
      return;
    }
    if (!sendFile(pageFolder, url.pathname, response)) say(404, 'There is nothing of that name.');
  } catch (thrown) {
    const data = toFailureData(thrown);
    if (response.headersSent) response.destroy(); else say(statuses[data.code] ?? 500, [data.message, data.hint ?? ''].join(' ').trim());
  }
};

const logIn = (access: Access, offered: string, request: IncomingMessage, response: ServerResponse, say: (status: number, text: string, headers?: Readonly<Record<string, string>>) => void): void => {
  const exchanged = access.exchange(offered);
  // Who is in already and opens the address again simply goes on.
  if (exchanged.kind !== 'open' && !access.hasSession(request)) {
    if (exchanged.kind === 'wrong') return say(401, 'This address has been used or is wrong. Start the program again, or open the address it printed.');
    return say(429, `Too many wrong tokens were tried. Wait ${exchanged.seconds} ${exchanged.seconds === 1 ? 'second' : 'seconds'}, then open the address that the program printed.`, { 'retry-after': String(exchanged.seconds) });
  }
  response.writeHead(303, { ...pageHeaders, location: '/', 'cache-control': 'no-store', ...(exchanged.kind === 'open' ? { 'set-cookie': sessionCookie(request, exchanged.session) } : {}) }).end();
};

const tooLarge = (bytes: number): string => `Files of more than ${Math.floor(bytes / 1024 ** 3)} GiB are not taken this way. Put it into a folder of this machine and choose it there.`;
