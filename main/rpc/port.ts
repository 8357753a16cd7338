import type { Channel } from '../contract/host.ts';

/** What a MessagePort of any environment, Electron's MessagePortMain and a child process's message side have in common, as an adapter hands it over. */
export type PortLike = {
  post(message: unknown): void;
  listen(onMessage: (message: unknown) => void, onClose: (reason: string) => void): void;
  close(): void;
};

/** A channel over a port. Values are structured-cloned by the port itself. */
export const portChannel = (port: PortLike): Channel => {
  let onMessage: ((message: unknown) => void) | undefined;
  const onClose: ((reason: string) => void)[] = [];
  const early: unknown[] = [];
  let open = true;
  const closed = (reason: string): void => {
    if (!open) return;
    open = false;
    for (const listener of onClose) listener(reason);
  };
  port.listen((message) => { if (onMessage === undefined) early.push(message); else onMessage(message); }, closed);
  return {
    send: (message) => { if (open) port.post(message); },
    onMessage: (listener) => { onMessage = listener; for (const message of early.splice(0)) listener(message); },
    onClose: (listener) => { onClose.push(listener); },
    close: () => { if (open) { port.close(); closed('closed'); } },
  };
};
