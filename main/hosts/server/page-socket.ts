import type { WebSocket, WebSocketServer } from 'ws';
import type { SocketLike } from '../../rpc/socket.ts';
import type { Limits } from './limits.ts';

/** Private close code: the page did not read what was sent to it. */
export const tooFarBehind = 4008;

/** How long a page that is let go may take to hear of it. */
const farewell = 2_000;

/**
 * The link's end at a page's WebSocket.
 *
 * A page that does not read (asleep, broken, hostile) must not fill this process: beyond the bound nothing more is queued, and it is let go with a code. The link
 * is over at once, so that what was computed for it stops; the page's own end comes again by itself and asks anew.
 */
export const pageSocket = (page: WebSocket, limits: Limits): SocketLike => {
  let ended: ((reason: string) => void) | undefined;
  const letGo = (code: number, reason: string): void => {
    page.close(code, reason);
    setTimeout(() => page.terminate(), farewell).unref();
    ended?.(reason);
  };
  return {
    send: (data) => {
      if (page.readyState !== page.OPEN) return;
      if (page.bufferedAmount > limits.waiting) letGo(tooFarBehind, 'the page does not read'); else page.send(data);
    },
    listen: (onText, onClose) => {
      ended = onClose;
      page.on('message', (data, isBinary) => { if (isBinary) letGo(1003, 'text only'); else if (page.readyState === page.OPEN) onText(String(data)); });
      page.on('close', () => onClose('the page went away'));
      page.on('error', () => page.terminate());
    },
    close: () => page.close(),
  };
};

/** Ends connections whose other end is gone without a word (a tunnel that broke, a machine asleep). Returns what stops it. */
export const watchPages = (sockets: WebSocketServer, every: number): (() => void) => {
  const silent = new WeakSet<WebSocket>();
  sockets.on('connection', (page: WebSocket) => { page.on('pong', () => silent.delete(page)); });
  const timer = setInterval(() => {
    for (const page of sockets.clients) {
      if (silent.has(page)) page.terminate();
      else {
        silent.add(page);
        page.ping();
      }
    }
  }, every);
  timer.unref();
  return () => clearInterval(timer);
};
