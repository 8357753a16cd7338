import * as v from 'valibot';

/**
 * The five words the contract is written in.
 *
 * A reader sees at the door what a method does to the world: `query` reads, `command` changes, `stream` runs long and tells items on its way,
 * `event` is told to everybody.
 */

/** Any validator whose checked value is again what it described: no transformations cross the wire. */
export type Schema = v.GenericSchema;

export type Effects = {
  /** The method writes one entry into the operation log, which `project.undo` takes back. */
  readonly undoable: boolean;
  /** What the method changes; a page drops exactly the caches that carry one of these names. */
  readonly touches: readonly Touch[];
};

export type Touch = 'project' | 'collections' | 'pairs' | 'runs' | 'models' | 'jobs' | 'history' | 'settings' | 'labels';

export type Query<I extends Schema = Schema, O extends Schema = Schema> = { readonly kind: 'query'; readonly input: I; readonly output: O };
export type Command<I extends Schema = Schema, O extends Schema = Schema> = { readonly kind: 'command'; readonly input: I; readonly output: O } & Effects;
export type Stream<I extends Schema = Schema, T extends Schema = Schema, R extends Schema = Schema> = {
  readonly kind: 'stream'; readonly input: I; readonly item: T; readonly result: R;
};
export type Event<P extends Schema = Schema> = { readonly kind: 'event'; readonly payload: P };

export type Method = Query | Command | Stream;
export type Contract = Readonly<Record<string, Method | Event>>;

export const query = <I extends Schema, O extends Schema>(input: I, output: O): Query<I, O> => ({ kind: 'query', input, output });
export const command = <I extends Schema, O extends Schema>(input: I, output: O, effects: Effects): Command<I, O> => ({ kind: 'command', input, output, ...effects });
export const stream = <I extends Schema, T extends Schema, R extends Schema>(input: I, item: T, result: R): Stream<I, T, R> => ({ kind: 'stream', input, item, result });
export const event = <P extends Schema>(payload: P): Event<P> => ({ kind: 'event', payload });

export type MethodName<C extends Contract> = { [N in keyof C]: C[N] extends Method ? N : never }[keyof C] & string;
export type StreamName<C extends Contract> = { [N in keyof C]: C[N] extends Stream ? N : never }[keyof C] & string;
export type CallName<C extends Contract> = Exclude<MethodName<C>, StreamName<C>>;
export type EventName<C extends Contract> = { [N in keyof C]: C[N] extends Event ? N : never }[keyof C] & string;

export type InputOf<M> = M extends { readonly input: infer I extends Schema } ? v.InferOutput<I> : never;
export type OutputOf<M> = M extends { readonly output: infer O extends Schema } ? v.InferOutput<O>
  : M extends { readonly result: infer R extends Schema } ? v.InferOutput<R> : never;
export type ItemOf<M> = M extends { readonly item: infer T extends Schema } ? v.InferOutput<T> : never;
export type PayloadOf<E> = E extends { readonly payload: infer P extends Schema } ? v.InferOutput<P> : never;

/** Input of a method that needs none. */
export const nothing = v.strictObject({});
