import * as v from 'valibot';
import { Failure, toFailureData } from '../contract/errors.ts';
import type { Channel } from '../contract/host.ts';
import type { Contract, EventName, InputOf, ItemOf, Method, MethodName, OutputOf, PayloadOf, Stream } from '../contract/method.ts';
import { asRequest, initialCredit, type Reply, type Request } from './messages.ts';

export type CallContext = { readonly signal: AbortSignal };
export type StreamContext<Item> = CallContext & {
  /** Tells one item; resolves when the reader has room for the next, so awaiting it is the backpressure. */
  item(value: Item): Promise<void>;
};

/** One function for every method of a contract: a missing one is a type error, a double one (see `combine`) a crash at start. */
export type Implementation<C extends Contract> = {
  readonly [N in MethodName<C>]: C[N] extends Stream
    ? (input: InputOf<C[N]>, call: StreamContext<ItemOf<C[N]>>) => Promise<OutputOf<C[N]>>
    : (input: InputOf<C[N]>, call: CallContext) => OutputOf<C[N]> | Promise<OutputOf<C[N]>>;
};

/** The methods of one room, as its service implements them. */
export type PartOf<C extends Contract, Prefix extends string> = Pick<Implementation<C>, Extract<keyof Implementation<C>, `${Prefix}.${string}`>>;

export type Tell<C extends Contract> = <N extends EventName<C>>(name: N, payload: PayloadOf<C[N]>) => void;

export type Served<C extends Contract> = { readonly tell: Tell<C>; close(): void };

type Running = { readonly controller: AbortController; credit: number; wake: (() => void) | undefined };

/** Calls that one end may have under way; what a page asks for at once is a few dozen. */
const mostRunning = 1_000;

export type ServeOptions = {
  /** Validate outputs, items and events too. On in tests. */
  readonly checkOutputs?: boolean;
  /** Told of every failed call, for the log; `internal` ones with the thrown thing. */
  readonly onFailure?: (name: string, thrown: unknown) => void;
};

/**
 * Answers the calls that come over a channel.
 *
 * Inputs are validated here, at the service's edge, in every host. A closed channel aborts everything that runs for it.
 */
export const serve = <C extends Contract>(channel: Channel, contract: C, implementation: NoInfer<Implementation<C>>, options: ServeOptions = {}): Served<C> => {
  const running = new Map<number, Running>();
  const subscribed = new Set<string>();
  const functions = implementation as Readonly<Record<string, (input: unknown, call: StreamContext<unknown>) => unknown>>;
  let open = true;

  const reply = (message: Reply): void => { if (open) channel.send(message); };

  const checked = (schema: v.GenericSchema, value: unknown, what: string): unknown => {
    if (options.checkOutputs !== true) return value;
    const result = v.safeParse(schema, value);
    if (result.success) return value;
    throw new Failure('internal', `${what} is not what the contract says: ${describeIssue(result.issues[0])}`);
  };

  const answer = async (method: Method, request: Request & { type: 'call' }): Promise<void> => {
    const controller = new AbortController();
    const state: Running = { controller, credit: initialCredit, wake: undefined };
    running.set(request.id, state);
    try {
      const input = v.safeParse(method.input, request.input);
      if (!input.success) throw new Failure('bad-input', `${request.name}: ${describeIssue(input.issues[0])}`);
      const perform = functions[request.name];
      if (perform === undefined) throw new Failure('unknown-method', `There is no method ${request.name}.`);
      const item = async (value: unknown): Promise<void> => {
        controller.signal.throwIfAborted();
        reply({ type: 'item', id: request.id, value: method.kind === 'stream' ? checked(method.item, value, `An item of ${request.name}`) : value });
        state.credit -= 1;
        if (state.credit <= 0) await new Promise<void>((resolve) => { state.wake = resolve; });
      };
      const value = await perform(input.output, { signal: controller.signal, item });
      reply({ type: 'value', id: request.id, value: checked(method.kind === 'stream' ? method.result : method.output, value, `The answer of ${request.name}`) });
    } catch (thrown) {
      options.onFailure?.(request.name, thrown);
      reply({ type: 'error', id: request.id, error: controller.signal.aborted ? { code: 'cancelled', message: 'Cancelled.' } : toFailureData(thrown) });
    } finally {
      running.delete(request.id);
    }
  };

  const abort = (state: Running | undefined): void => {
    state?.controller.abort();
    state?.wake?.();
  };

  channel.onMessage((message) => {
    const request = asRequest(message);
    if (request === undefined) return;
    if (request.type === 'call') {
      const method = contract[request.name];
      if (method === undefined || method.kind === 'event' || !Object.hasOwn(contract, request.name)) {
        reply({ type: 'error', id: request.id, error: { code: 'unknown-method', message: `There is no method ${request.name}.` } });
      } else if (running.size >= mostRunning) {
        reply({ type: 'error', id: request.id, error: { code: 'conflict', message: `More than ${mostRunning} calls at once.`, hint: 'Wait for some of them.' } });
      } else if (running.has(request.id)) {
        reply({ type: 'error', id: request.id, error: { code: 'bad-input', message: `Call ${request.id} is still running.` } });
      } else void answer(method, request);
    } else if (request.type === 'cancel') abort(running.get(request.id));
    else if (request.type === 'credit') {
      const state = running.get(request.id);
      if (state === undefined) return;
      state.credit += request.items;
      if (state.credit > 0) { state.wake?.(); state.wake = undefined; }
    } else if (request.type === 'subscribe') {
      if (Object.hasOwn(contract, request.name)) subscribed.add(request.name);
    } else subscribed.delete(request.name);
  });

  const close = (): void => {
    open = false;
    for (const state of running.values()) abort(state);
  };
  channel.onClose(close);

  const tell: Tell<C> = (name, payload) => {
    if (!subscribed.has(name)) return;
    const declared = contract[name];
    reply({ type: 'event', name, payload: declared?.kind === 'event' ? checked(declared.payload, payload, `The event ${name}`) : payload });
  };
  return { tell, close: () => { close(); channel.close(); } };
};

/** Puts the rooms' parts together; two implementations of one method, or none, stop the program here. */
export const combine = <C extends Contract>(contract: C, parts: readonly Readonly<Record<string, unknown>>[]): Implementation<C> => {
  const all: Record<string, unknown> = {};
  for (const part of parts) {
    for (const [name, perform] of Object.entries(part)) {
      if (Object.hasOwn(all, name)) throw new Failure('internal', `${name} is implemented twice.`);
      if (contract[name] === undefined) throw new Failure('internal', `${name} is implemented but not in the contract.`);
      all[name] = perform;
    }
  }
  const missing = Object.entries(contract).filter(([name, method]) => method.kind !== 'event' && !Object.hasOwn(all, name)).map(([name]) => name);
  if (missing.length > 0) throw new Failure('internal', `Not implemented: ${missing.join(', ')}.`);
  return all as Implementation<C>;
};

const describeIssue = (issue: v.BaseIssue<unknown> | undefined): string => {
  if (issue === undefined) return 'invalid input';
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `${path}: ${issue.message}`;
};
