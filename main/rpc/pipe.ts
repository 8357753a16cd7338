import type { Channel } from '../contract/host.ts';

/**
 * Two channels that are each other's other end, in one process.
 *
 * Messages are cloned and delivered in a later microtask, as between processes; so nothing works here that would not work over a port.
 */
export const pipe = (): readonly [Channel, Channel] => {
  const left = end();
  const right = end();
  const close = (reason: string): void => { left.closed(reason); right.closed(reason); };
  return [left.channel((message) => right.deliver(message), close), right.channel((message) => left.deliver(message), close)];
};

const end = () => {
  let onMessage: ((message: unknown) => void) | undefined;
  const onClose: ((reason: string) => void)[] = [];
  const early: unknown[] = [];
  let open = true;
  return {
    deliver: (message: unknown): void => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => { if (onMessage === undefined) early.push(copy); else if (open) onMessage(copy); });
    },
    closed: (reason: string): void => {
      if (!open) return;
      open = false;
      for (const listener of onClose) listener(reason);
    },
    channel: (send: (message: unknown) => void, close: (reason: string) => void): Channel => ({
      send: (message) => { if (open) send(message); },
      onMessage: (listener) => { onMessage = listener; for (const message of early.splice(0)) listener(message); },
      onClose: (listener) => { onClose.push(listener); },
      close: () => close('closed'),
    }),
  };
};
