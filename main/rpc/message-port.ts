import type { Channel } from '../contract/host.ts';
import { portChannel } from './port.ts';

/** The few members of Electron's MessagePortMain that are used: whoever gets one need not know Electron. */
export type MessagePortLike = {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
};

/** A channel over one end of a MessageChannelMain. */
export const messagePortChannel = (port: MessagePortLike, whenClosed = 'the other process closed its end'): Channel => portChannel({
  post: (message) => port.postMessage(message),
  listen: (onMessage, onClose) => {
    port.on('message', ({ data }) => onMessage(data));
    port.on('close', () => onClose(whenClosed));
    port.start();
  },
  close: () => port.close(),
});
