import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { engineContract } from '../contract/engine.ts';
import type { Channel } from '../contract/host.ts';
import { messagePortChannel, type MessagePortLike } from '../rpc/message-port.ts';
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

/** As a Node child process: messages over its own pipe. */
const overParentProcess = (): Channel => portChannel({
  post: (message) => { if (process.connected) process.send?.(message); },
  listen: (onMessage, onClose) => {
    process.on('message', onMessage);
    process.on('disconnect', () => { onClose('the workbench ended'); });
  },
  close: () => { if (process.connected) process.disconnect(); },
});

/** As an Electron utility process: the first message brings the port to the workbench. The engine does not know Electron. */
type ParentPort = { on(event: 'message', listener: (message: { readonly ports: readonly MessagePortLike[] }) => void): unknown; postMessage(message: unknown): void };

const isParentPort = (value: unknown): value is ParentPort => typeof value === 'object' && value !== null && 'postMessage' in value;

const parentPort: unknown = Reflect.get(process, 'parentPort');
if (!isParentPort(parentPort)) answerOver(overParentProcess());
else {
  parentPort.on('message', ({ ports }) => {
    const [port] = ports;
    if (port !== undefined) answerOver(messagePortChannel(port, 'the workbench ended'));
  });
}
