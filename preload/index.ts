import { ipcRenderer } from 'electron';

/** The page asks (at load, and again after a lost link): pass the question on. */
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === 'dragoman:ready') ipcRenderer.send('dragoman:connect');
});

/** The shell answers with a port, which only `postMessage` can carry into the page's own world. */
ipcRenderer.on('dragoman:port', (event) => window.postMessage('dragoman:port', location.origin, event.ports));
