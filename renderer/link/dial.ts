import type { Channel } from '../../main/contract/host.ts';
import { portChannel } from '../../main/rpc/port.ts';
import { socketChannel } from '../../main/rpc/socket.ts';
import { Failure, type Dial } from './link.ts';

/** Dials the served host: same origin, `/link`; the cookie that came with the page says who we are. */
export const dialSocket: Dial = () => new Promise<Channel>((resolve, reject) => {
  const address = new URL('/link', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(address);
  socket.addEventListener('error', () => reject(new Failure('link-lost', 'The program does not answer.')), { once: true });
  socket.addEventListener('open', () => {
    resolve(socketChannel({
      send: (data) => socket.send(data),
      listen: (onText, onClose) => {
        socket.addEventListener('message', (event: MessageEvent<unknown>) => { if (typeof event.data === 'string') onText(event.data); });
        socket.addEventListener('close', (event) => onClose(event.reason === '' ? 'the program closed it' : event.reason), { once: true });
      },
      close: () => socket.close(),
    }));
  }, { once: true });
});

/** Dials over a port that the window hands in with each `dragoman:port` message (once at load, again when the workbench was restarted). */
export const dialPort: Dial = () => new Promise<Channel>((resolve) => {
  const receive = (event: MessageEvent<unknown>): void => {
    const port = event.ports[0];
    if (event.source !== window || event.data !== 'dragoman:port' || port === undefined) return;
    window.removeEventListener('message', receive);
    resolve(portChannel({
      post: (message) => port.postMessage(message),
      listen: (onMessage, onClose) => {
        port.addEventListener('message', (message: MessageEvent<unknown>) => onMessage(message.data));
        port.addEventListener('close', () => onClose('the workbench stopped'));
        port.start();
      },
      close: () => port.close(),
    }));
  };
  window.addEventListener('message', receive);
  window.postMessage('dragoman:ready', location.origin);
});

/** The served page dials a socket; anything that is not HTTP is the window. */
export const dialHost: Dial = () => (location.protocol.startsWith('http') ? dialSocket() : dialPort());
