import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Touch } from '../../main/contract/method.ts';
import { toFailureData, type Calls, type FailureData, type Input, type Output } from '../link/link.ts';
import type { Address } from './address.ts';
import type { App, Stores } from './app.ts';
import { latest } from './latest.ts';

const AppContext = createContext<App | undefined>(undefined);

export const AppProvider = ({ app, children }: { readonly app: App; readonly children: ReactNode }) => <AppContext value={app}>{children}</AppContext>;

export const useApp = (): App => {
  const app = useContext(AppContext);
  if (app === undefined) throw new Error('There is no App around this component.');
  return app;
};

type StateOf<N extends keyof Stores> = ReturnType<Stores[N]['getState']>;

/** A part of a slice; draws again when the part changes. Select values, not fresh objects. */
export const useSlice = <N extends keyof Stores, T>(name: N, select: (state: StateOf<N>) => T): T => {
  const store = useApp().stores[name] as unknown as { getState(): StateOf<N>; getInitialState(): StateOf<N>; subscribe(listener: (state: StateOf<N>, before: StateOf<N>) => void): () => void };
  return useStore(store, select);
};

/** The open address; a page that was opened without one starts at the corpora of an open project, else on the start page. */
export const useAddress = (): Address => {
  const address = useSlice('address', (slice) => slice.address);
  const open = useSlice('project', (slice) => slice.value !== undefined && slice.value.path !== null);
  return useMemo(() => {
    if (address?.room === 'models' || (open && address !== undefined)) return address;
    return { room: open ? 'corpora' : 'start', path: [] };
  }, [address, open]);
};

export type QueryState<T> = { readonly data: T | undefined; /** The data belongs to an older question or an older state. */ readonly stale: boolean; readonly failure: FailureData | undefined; readonly reload: () => void };

/**
 * Asks the workbench and keeps the answer true.
 *
 * Asks again when the input changes and when something of `touches` has changed; the newest question wins; until its answer comes, the old one stays, as stale.
 * `null` as input asks nothing.
 */
export const useQuery = <N extends Calls>(name: N, input: Input<N> | null, { touches = [] }: { readonly touches?: readonly Touch[] } = {}): QueryState<Output<N>> => {
  const { link } = useApp();
  const version = useSlice('versions', (versions) => touches.reduce((sum, touch) => sum + versions[touch], 0));
  const key = JSON.stringify([name, input]);
  const [again, setAgain] = useState(0);
  const [answer, setAnswer] = useState<{ readonly key: string; readonly version: number; readonly data: Output<N> | undefined; readonly failure: FailureData | undefined }>();
  const ask = useMemo(() => latest((signal, method: N, question: Input<N>) => link.call(method, question, { signal })), [link]);

  useEffect(() => {
    if (input === null) return undefined;
    ask(name, input).then(
      (data) => { if (data !== undefined) setAnswer({ key, version, data, failure: undefined }); },
      (error: unknown) => setAnswer((before) => ({ key, version, data: before?.data, failure: toFailureData(error) })),
    );
    return ask.cancel;
    // `key` stands for the input's value: two equal inputs are one question.
  }, [ask, key, version, again]);

  const current = input === null ? undefined : answer;
  return {
    data: current?.data,
    stale: input !== null && (current === undefined || current.key !== key || current.version !== version || current.failure !== undefined),
    failure: current?.key === key ? current.failure : undefined,
    reload: () => setAgain((times) => times + 1),
  };
};
