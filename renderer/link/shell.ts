import type { PageBridge } from '../../main/contract/host.ts';
import type { CallName, EventName, InputOf, OutputOf, PayloadOf } from '../../main/contract/method.ts';
import { shellContract, type ShellContract } from '../../main/contract/shell.ts';
import { connect } from '../../main/rpc/client.ts';
import { domPortChannel, portFor } from './dom-port.ts';

/** The page's end of the shell's contract: dialogs, menus, messages of the system. Only in the window. */
export type Shell = {
  call<N extends CallName<ShellContract>>(name: N, input: InputOf<ShellContract[N]>): Promise<OutputOf<ShellContract[N]>>;
  on<N extends EventName<ShellContract>>(name: N, listener: (payload: PayloadOf<ShellContract[N]>) => void): void;
  /** Where a dropped file or folder lies, '' where it has no place. */
  pathOf(file: File): string;
};

/** Asks the preload for a port to the shell; undefined in a served page, which has none. The shell lives as long as the page: no reconnecting. */
export const connectShell = (): Shell | undefined => {
  if (location.protocol.startsWith('http')) return undefined;
  const client = portFor('dragoman:shell', 'dragoman:shell-port').then((port) => connect(domPortChannel(port, 'the shell stopped'), shellContract));
  return {
    call: async (name, input) => (await client).call(name, input),
    on: (name, listener) => { void client.then((open) => open.on(name, listener)); },
    pathOf: (file) => (window as Window & { readonly dragoman?: PageBridge }).dragoman?.pathOf(file) ?? '',
  };
};
