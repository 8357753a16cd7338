import { MessageChannelMain, ipcMain } from 'electron';
import { pageOrigin } from './page-protocol.ts';
import type { WorkbenchProcess } from './processes.ts';

/**
 * Gives a page that asks (`dragoman:connect`, sent by the preload) its port to the workbench.
 *
 * The only message the shell takes from a page. Frames inside a page and pages of another origin get no answer.
 */
export const handOutPorts = (workbench: () => WorkbenchProcess): void => {
  ipcMain.on('dragoman:connect', (event) => {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || frame.origin !== pageOrigin) return;
    const { port1, port2 } = new MessageChannelMain();
    workbench().connectPage(port2);
    frame.postMessage('dragoman:port', null, [port1]);
  });
};
