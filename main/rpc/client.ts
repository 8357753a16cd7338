import { Failure, type FailureData } from '../contract/errors.ts';
import { knownFailure } from '../contract/known-failures.ts';
import type { Channel } from '../contract/host.ts';
import type { CallName, Contract, EventName, InputOf, ItemOf, OutputOf, PayloadOf, StreamName } from '../contract/method.ts';
import { asReply, type Request } from './messages.ts';

export type CallOptions = { readonly signal?: AbortSignal | undefined };
export type StreamOptions<Item> = CallOptions & { readonly onItem?: (item: Item) => void | Promise<void> };

/** The calling end of a link. */
export type Client<C extends Contract> = {
  call<N extends CallName<C>>(name: N, input: InputOf<C[N]>, options?: CallOptions): Promise<OutputOf<C[N]>>;
  stream<N extends StreamName<C>>(name: N, input: InputOf<C[N]>, options?: StreamOptions<ItemOf<C[N]>>): Promise<OutputOf<C[N]>>;
  /** Returns the function that unsubscribes. */
  on<N extends EventName<C>>(name: N, listener: (payload: PayloadOf<C[N]>) => void): () => void;
  onClose(listener: (reason: string) => void): void;
  close(): void;
};

type Pending = {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  readonly onItem: ((item: unknown) => void | Promise<void>) | undefined;
  /** Items are handled one after another, and all of them before the result. */
  items: Promise<void>;
};

/** Opens the calling end. Types come from the contract; what travels is validated by the server. */
export const connect = <C extends Contract>(channel: Channel, _contract: C): Client<C> => {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const closeListeners = new Set<(reason: string) => void>();
  let lastId = 0;
  let lost: string | undefined;

  const send = (request: Request): void => channel.send(request);

  channel.onMessage((message) => {
    const reply = asReply(message);
    if (reply === undefined) return;
    if (reply.type === 'event') {
      for (const listener of [...(listeners.get(reply.name) ?? [])]) listener(reply.payload);
      return;
    }
    const waiting = pending.get(reply.id);
    if (waiting === undefined) return;
    if (reply.type === 'item') {
      waiting.items = waiting.items.then(() => waiting.onItem?.(reply.value)).then(() => { if (lost === undefined) send({ type: 'credit', id: reply.id, items: 1 }); });
      waiting.items.catch(() => { if (lost === undefined) send({ type: 'cancel', id: reply.id }); });
      return;
    }
    pending.delete(reply.id);
    if (reply.type === 'value') waiting.items.then(() => waiting.resolve(reply.value), (error: unknown) => waiting.reject(error));
    else waiting.reject(fromFailureData(reply.error));
  });

  channel.onClose((reason) => {
    lost = reason;
    for (const waiting of pending.values()) waiting.reject(knownFailure('connection-lost', { reason }));
    pending.clear();
    for (const listener of closeListeners) listener(reason);
  });

  const request = (name: string, input: unknown, signal: AbortSignal | undefined, onItem?: (item: unknown) => void | Promise<void>): Promise<unknown> => {
    if (lost !== undefined) return Promise.reject(knownFailure('connection-lost', { reason: lost }));
    if (signal?.aborted === true) return Promise.reject(new Failure('cancelled', 'Cancelled.'));
    const id = (lastId += 1);
    const cancel = (): void => { if (pending.has(id) && lost === undefined) send({ type: 'cancel', id }); };
    signal?.addEventListener('abort', cancel);
    return new Promise<unknown>((resolve, reject) => {
      pending.set(id, { resolve, reject, onItem, items: Promise.resolve() });
      send({ type: 'call', id, name, input });
      // The signal of a job outlives thousands of its calls, and would keep what each was given.
    }).finally(() => signal?.removeEventListener('abort', cancel));
  };

  return {
    call: (name, input, options) => request(name, input, options?.signal) as never,
    stream: (name, input, options) => request(name, input, options?.signal, options?.onItem as (item: unknown) => void) as never,
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      if (set.size === 0) send({ type: 'subscribe', name });
      set.add(listener as (payload: unknown) => void);
      return () => {
        set.delete(listener as (payload: unknown) => void);
        if (set.size === 0 && lost === undefined) send({ type: 'unsubscribe', name });
      };
    },
    onClose: (listener) => { closeListeners.add(listener); },
    close: () => channel.close(),
  };
};

/** What `toFailureData` told in another process or thread, to be thrown here. */
export const fromFailureData = ({ code, message, ...more }: FailureData): Failure => new Failure(code, message, more);
