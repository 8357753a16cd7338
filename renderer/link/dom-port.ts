import type { Channel } from '../../main/contract/host.ts';
import { portChannel } from '../../main/rpc/port.ts';

/** Asks the preload, by a message that it passes on, for a port; resolves when one comes. */
export const portFor = (ask: string, answer: string): Promise<MessagePort> => new Promise((resolve) => {
  const receive = (event: MessageEvent<unknown>): void => {
    const port = event.ports[0];
    if (event.source !== window || event.data !== answer || port === undefined) return;
    window.removeEventListener('message', receive);
    resolve(port);
  };
  window.addEventListener('message', receive);
  window.postMessage(ask, location.origin);
});

export const domPortChannel = (port: MessagePort, whenClosed: string): Channel => portChannel({
  post: (message) => port.postMessage(message),
  listen: (onMessage, onClose) => {
    port.addEventListener('message', (message: MessageEvent<unknown>) => onMessage(message.data));
    port.addEventListener('close', () => onClose(whenClosed));
    port.start();
  },
  close: () => port.close(),
});
