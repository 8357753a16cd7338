import type { Channel } from '../../main/contract/host.ts';
import { socketChannel } from '../../main/rpc/socket.ts';
import { domPortChannel, portFor } from './dom-port.ts';
import { Failure, type Dial } from './link.ts';
import type { Shell } from './shell.ts';

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

/** Dials over a port that the window hands in when the workbench runs (at load, and again after it was started anew). What the shell says of its end closes the port too. */
export const dialPort = (shell: Shell | undefined): Dial => {
  let open: Channel | undefined;
  shell?.on('shell.workbench', ({ state }) => { if (state !== 'running') open?.close(); });
  return async () => {
    const channel = domPortChannel(await portFor('dragoman:ready', 'dragoman:port'), 'the workbench stopped');
    open = channel;
    return channel;
  };
};

/** The served page dials a socket; the window, which has a shell, a port. */
export const dialHost = (shell: Shell | undefined): Dial => (shell === undefined ? dialSocket : dialPort(shell));
