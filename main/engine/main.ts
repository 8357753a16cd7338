import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { engineContract } from '../contract/engine.ts';
import type { Channel } from '../contract/host.ts';
import { portChannel } from '../rpc/port.ts';
import { serve } from '../rpc/server.ts';
import { createEngine } from './implementation.ts';
import { createMiningMethods } from './mining/methods.ts';

/**
 * The engine process: answers the engine contract over the channel that its host gave it, and ends with it.
 *
 * `DRAGOMAN_CACHE` names the folder for what can be made again (unpacked graphs). Warnings go to standard error, which the host hands to the job log.
 */
const engine = createEngine({
  cacheFolder: process.env['DRAGOMAN_CACHE'] ?? join(tmpdir(), 'dragoman-cache'),
  warn: (line) => { process.stderr.write(`${line}\n`); },
  mining: createMiningMethods,
});

const answerOver = (channel: Channel): void => {
  serve(channel, engineContract, engine.implementation, {
    checkOutputs: process.env['DRAGOMAN_CHECK_OUTPUTS'] === '1',
    onFailure: (name, thrown) => {
      if (thrown instanceof Error && thrown.name !== 'Failure' && thrown.name !== 'AbortError') process.stderr.write(`${name}: ${thrown.stack ?? thrown.message}\n`);
    },
  });
  // What computes is let finish its batch: a session torn down under it aborts the process.
  channel.onClose(() => { void engine.close().finally(() => { process.exit(0); }); });
};

/** The few members of Electron's ports that are used; the engine does not know Electron. */
type ElectronPort = {
  on(event: 'message', listener: (message: { readonly data: unknown; readonly ports: readonly ElectronPort[] }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start?(): void;
  close?(): void;
};

/** As a Node child process: messages over its own pipe. */
const overParentProcess = (): Channel => portChannel({
  post: (message) => { if (process.connected) process.send?.(message); },
  listen: (onMessage, onClose) => {
    process.on('message', onMessage);
    process.on('disconnect', () => { onClose('the workbench ended'); });
  },
  close: () => { if (process.connected) process.disconnect(); },
});

/** As an Electron utility process: the first message brings the port to the workbench. */
const overElectronPort = (port: ElectronPort): Channel => portChannel({
  post: (message) => { port.postMessage(message); },
  listen: (onMessage, onClose) => {
    port.on('message', ({ data }) => { onMessage(data); });
    port.on('close', () => { onClose('the workbench ended'); });
    port.start?.();
  },
  close: () => { port.close?.(); },
});

const isElectronPort = (value: unknown): value is ElectronPort => typeof value === 'object' && value !== null && 'postMessage' in value;

const parentPort: unknown = Reflect.get(process, 'parentPort');
if (!isElectronPort(parentPort)) answerOver(overParentProcess());
else {
  parentPort.on('message', ({ ports }) => {
    const [port] = ports;
    if (port !== undefined) answerOver(overElectronPort(port));
  });
}
