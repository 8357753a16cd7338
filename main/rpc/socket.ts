import type { Channel } from '../contract/host.ts';
import { portChannel } from './port.ts';

/** The part of a WebSocket that both the browser's and the server's have. */
export type SocketLike = {
  send(data: string): void;
  listen(onText: (text: string) => void, onClose: (reason: string) => void): void;
  close(): void;
};

/**
 * A channel over a WebSocket: JSON text frames.
 *
 * Everything that crosses to a page is rows, counts and texts; vectors never do. So there is no binary part, and a message can be read in the browser's tools.
 */
export const socketChannel = (socket: SocketLike): Channel => portChannel({
  post: (message) => socket.send(JSON.stringify(message)),
  listen: (onMessage, onClose) => socket.listen((text) => {
    const message = parse(text);
    if (message === undefined) { socket.close(); onClose('the other end sent something that is not a message'); } else onMessage(message);
  }, onClose),
  close: () => socket.close(),
});

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
