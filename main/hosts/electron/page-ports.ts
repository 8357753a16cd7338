import { MessageChannelMain, ipcMain, type MessagePortMain, type WebFrameMain } from 'electron';
import { pageOrigin } from './page-protocol.ts';

export type Ends = {
  /** Takes the other end to the workbench, made when that runs. */
  workbench(makePort: () => MessagePortMain): void;
  shell(port: MessagePortMain): void;
};

/**
 * Gives a page that asks its ports: to the workbench (`dragoman:connect`) and to the shell (`dragoman:shell`).
 *
 * The only two messages that the shell takes from a page; all else goes over these ports and is validated there. @see security item 17
 */
export const handOutPorts = ({ workbench, shell }: Ends): void => {
  fromPage('dragoman:connect', (frame) => workbench(() => portFor(frame, 'dragoman:port')));
  fromPage('dragoman:shell', (frame) => shell(portFor(frame, 'dragoman:shell-port')));
};

/** Frames inside a page, pages of another origin and pages that are gone get no answer. */
const fromPage = (channel: string, answer: (frame: WebFrameMain) => void): void => {
  ipcMain.on(channel, ({ senderFrame: frame }) => {
    if (frame !== null && frame.parent === null && frame.origin === pageOrigin) answer(frame);
  });
};

const portFor = (frame: WebFrameMain, channel: string): MessagePortMain => {
  const { port1, port2 } = new MessageChannelMain();
  // A page that was loaded again while the workbench started has asked again.
  if (frame.isDestroyed()) port1.close();
  else frame.postMessage(channel, null, [port1]);
  return port2;
};
