import { expect, test } from 'vitest';
import { engineContract } from '../../contract/engine.ts';
import { Failure } from '../../contract/errors.ts';
import type { ProcessHost } from '../../contract/host.ts';
import { pipe } from '../../rpc/pipe.ts';
import { serve, type Implementation } from '../../rpc/server.ts';
import { createEngineLink } from './engine-link.ts';

const facts = { pid: 1, cores: 2, memoryBytes: 1, residentBytes: 1, versions: {}, providers: [], absent: [] };

/** A host whose engines answer `engine.facts` and can be made to die as a killed process does: channel first, exit a moment later. */
const mortalHost = () => {
  const engines: { die(): void }[] = [];
  const host: ProcessHost = {
    spawn: () => {
      const [near, far] = pipe();
      const exits: ((reason: string) => void)[] = [];
      serve(far, engineContract, { 'engine.facts': () => facts } as unknown as Implementation<typeof engineContract>);
      engines.push({ die: () => { far.close(); setTimeout(() => { for (const tell of exits) tell('killed by SIGKILL'); }, 5); } });
      return { pid: 1, channel: near, onExit: (listener) => { exits.push(listener); }, onErrorLine: () => undefined, kill: () => undefined };
    },
  };
  return { host, engines };
};

const open = () => {
  const { host, engines } = mortalHost();
  const lost: string[] = [];
  const link = createEngineLink({ host, wait: (milliseconds) => new Promise((go) => { setTimeout(go, Math.min(10, milliseconds)); }), onLost: (reason) => lost.push(reason) });
  return { link, engines, lost };
};

const signal = new AbortController().signal;

test('the engine is started once, when it is first needed', async () => {
  const { link, engines } = open();
  expect(link.state().state).toBe('starting');
  await Promise.all([link.client(), link.client()]);
  expect(engines).toHaveLength(1);
  expect(link.state().state).toBe('ready');
});

test('work that loses its engine is done again on a new one, and the reason is told', async () => {
  const { link, engines, lost } = open();
  const notes: string[] = [];
  const result = await link.withRetries(async (client) => {
    if (engines.length === 1) { engines[0]?.die(); await client.call('engine.facts', {}); }
    return `engine ${engines.length}`;
  }, (note) => notes.push(note), signal);
  expect(result).toBe('engine 2');
  expect(notes).toEqual([expect.stringContaining('killed by SIGKILL')]);
  expect(lost).toEqual(['killed by SIGKILL']);
});

test('an engine that dies every time fails the work with what was kept', async () => {
  const { link, engines } = open();
  const thrown = await link.withRetries(async (client) => { engines.at(-1)?.die(); return client.call('engine.facts', {}); }, () => undefined, signal).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Failure);
  expect((thrown as Failure).data).toMatchObject({ code: 'engine-lost', detail: 'Everything up to the last checkpoint is kept.' });
  expect(engines).toHaveLength(4);
});

test('other failures are not tried again', async () => {
  const { link, engines } = open();
  await expect(link.withRetries(() => Promise.reject(new Failure('disk-full', 'The disk is full.')), () => undefined, signal)).rejects.toMatchObject({ data: { code: 'disk-full' } });
  expect(engines).toHaveLength(1);
});
