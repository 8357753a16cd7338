import { Failure, toFailureData, type FailureData } from '../../main/contract/errors.ts';
import type { CallName, EventName, InputOf, ItemOf, OutputOf, PayloadOf, StreamName } from '../../main/contract/method.ts';
import { workbenchContract, type WorkbenchContract } from '../../main/contract/workbench.ts';
import type { Channel } from '../../main/contract/host.ts';
import { connect, type CallOptions, type Client, type StreamOptions } from '../../main/rpc/client.ts';

export { Failure, toFailureData };
export type { FailureData };

/** Method names with their inputs and outputs, as the page uses them. */
export type Calls = CallName<WorkbenchContract>;
export type Streams = StreamName<WorkbenchContract>;
export type Events = EventName<WorkbenchContract>;
export type Input<N extends Calls | Streams> = InputOf<WorkbenchContract[N]>;
export type Output<N extends Calls | Streams> = OutputOf<WorkbenchContract[N]>;
export type Item<N extends Streams> = ItemOf<WorkbenchContract[N]>;
export type Payload<N extends Events> = PayloadOf<WorkbenchContract[N]>;

export type LinkState =
  | { readonly name: 'connecting' }
  | { readonly name: 'open' }
  /** `attempt` counts the tries since the loss; `reason` is what the channel told. */
  | { readonly name: 'lost'; readonly reason: string; readonly attempt: number };

/** The page's end of the contract, over one channel after another. */
export type Link = {
  call<N extends Calls>(name: N, input: Input<N>, options?: CallOptions): Promise<Output<N>>;
  stream<N extends Streams>(name: N, input: Input<N>, options?: StreamOptions<Item<N>>): Promise<Output<N>>;
  /** Listens over all reconnections; returns the function that stops. */
  on<N extends Events>(name: N, listener: (payload: Payload<N>) => void): () => void;
  /** Told at once with the present state, then at every change. */
  onState(listener: (state: LinkState) => void): () => void;
  close(): void;
};

/** Opens a channel to the workbench, or rejects. Called again after every loss. */
export type Dial = () => Promise<Channel>;

export type Clock = { after(milliseconds: number, run: () => void): void };
const wallClock: Clock = { after: (milliseconds, run) => { setTimeout(run, milliseconds); } };

/** Waiting time before try n (from 0): at once, then doubling from a quarter of a second up to 8 seconds. */
export const backoff = (attempt: number): number => (attempt === 0 ? 0 : Math.min(8_000, 250 * 2 ** (attempt - 1)));

/**
 * A link that outlives its channels.
 *
 * Calls made while there is none wait for the next; calls that were under way fail with `link-lost`, because nobody knows whether they arrived. What the
 * page has cached may be old by then: whoever listens to the state drops everything at `open`.
 */
export const openLink = (dial: Dial, time: Clock = wallClock): Link => {
  type Subscription = { readonly name: Events; readonly listener: (payload: never) => void; leave: (() => void) | undefined };
  const subscriptions = new Set<Subscription>();
  const stateListeners = new Set<(state: LinkState) => void>();
  let waiting: ((client: Client<WorkbenchContract>) => void)[] = [];
  let client: Client<WorkbenchContract> | undefined;
  let state: LinkState = { name: 'connecting' };
  let closed = false;

  const become = (next: LinkState): void => {
    state = next;
    for (const listener of stateListeners) listener(next);
  };

  const subscribe = (subscription: Subscription): void => {
    subscription.leave = client?.on(subscription.name, subscription.listener as (payload: Payload<Events>) => void);
  };

  const tryAgain = (reason: string, attempt: number): void => {
    if (closed) return;
    become({ name: 'lost', reason, attempt });
    time.after(backoff(attempt), () => dialOnce(attempt));
  };

  const dialOnce = (attempt: number): void => {
    if (closed) return;
    dial().then((channel) => {
      const opened = connect(channel, workbenchContract);
      client = opened;
      opened.onClose((reason) => {
        if (client !== opened) return;
        client = undefined;
        tryAgain(reason, 0);
      });
      for (const subscription of subscriptions) subscribe(subscription);
      become({ name: 'open' });
      const ready = waiting;
      waiting = [];
      for (const go of ready) go(opened);
    }, (error: unknown) => tryAgain(toFailureData(error).message, attempt + 1));
  };

  const whenOpen = (signal: AbortSignal | undefined): Promise<Client<WorkbenchContract>> => {
    if (closed) return Promise.reject(new Failure('link-lost', 'The page has closed its connection.'));
    if (client !== undefined) return Promise.resolve(client);
    return new Promise((resolve, reject) => {
      waiting.push(resolve);
      signal?.addEventListener('abort', () => reject(new Failure('cancelled', 'Cancelled.')), { once: true });
    });
  };

  dialOnce(0);
  return {
    call: async (name, input, options) => (await whenOpen(options?.signal)).call(name, input, options),
    stream: async (name, input, options) => (await whenOpen(options?.signal)).stream(name, input, options),
    on: (name, listener) => {
      const subscription: Subscription = { name, listener: listener as (payload: never) => void, leave: undefined };
      subscriptions.add(subscription);
      subscribe(subscription);
      return () => { subscriptions.delete(subscription); subscription.leave?.(); };
    },
    onState: (listener) => {
      stateListeners.add(listener);
      listener(state);
      return () => { stateListeners.delete(listener); };
    },
    close: () => { closed = true; client?.close(); },
  };
};
