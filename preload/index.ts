import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { PageBridge } from '../main/contract/host.ts';

/** What the page may say, and what is asked of the shell for it: its port to the workbench (at load, and again after a lost link), and its port to the shell. */
const asks: Readonly<Record<string, string>> = { 'dragoman:ready': 'dragoman:connect', 'dragoman:shell': 'dragoman:shell' };

window.addEventListener('message', (event) => {
  const ask = event.source === window && typeof event.data === 'string' && Object.hasOwn(asks, event.data) ? asks[event.data] : undefined;
  if (ask !== undefined) ipcRenderer.send(ask);
});

/** The shell answers with a port, which only `postMessage` can carry into the page's own world. */
for (const answer of ['dragoman:port', 'dragoman:shell-port']) ipcRenderer.on(answer, (event) => window.postMessage(answer, location.origin, event.ports));

/** The one thing no message can carry: where a dropped file lies. */
const bridge: PageBridge = { pathOf: (file) => (file instanceof File ? webUtils.getPathForFile(file) : '') };
contextBridge.exposeInMainWorld('dragoman', bridge);
