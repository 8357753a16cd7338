import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { engineContract } from '../contract/engine.ts';
import { Failure } from '../contract/errors.ts';
import type { EncoderDescription } from '../contract/models.ts';
import { connect, type Client } from '../rpc/client.ts';
import { portChannel } from '../rpc/port.ts';
import { readBundledModel } from './model-bundled.ts';
import { probeSentences } from './provider-sentences.ts';

/** A real engine process with a real encoder, killed with SIGKILL at many moments: it goes on from its files and ends with the same bytes. */
const base = mkdtempSync(join(tmpdir(), 'dragoman-kill-'));
const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(base, { recursive: true });
});

const startEngine = (): { readonly client: Client<typeof engineContract>; kill(): void } => {
  const child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...process.env, DRAGOMAN_CACHE: join(base, 'cache'), DRAGOMAN_CHECK_OUTPUTS: '1' } });
  children.add(child);
  const channel = portChannel({
    post: (message) => { if (child.connected) child.send(message as object, () => undefined); },
    listen: (onMessage, onClose) => {
      child.on('message', onMessage);
      child.on('exit', () => { onClose('the engine ended'); });
    },
    close: () => { child.disconnect(); },
  });
  return { client: connect(channel, engineContract), kill: () => { child.kill('SIGKILL'); } };
};

const texts = [0, 1, 2, 3].flatMap((round) => probeSentences.map((sentence) => `${sentence} ${round}`));
const blockSentences = 250;

const encode = async (client: Client<typeof engineContract>, encoder: EncoderDescription, folder: string): Promise<void> => {
  const { encoding, doneBlocks } = await client.call('engine.openEncoding', {
    folder, encoder, provider: 'cpu', threads: 2, precision: 'f32', blockSentences, batchTokens: 256, rows: join(folder, 'source.u32'), total: texts.length, origin: 'run:1:source',
  });
  for (let block = doneBlocks; block * blockSentences < texts.length; block += 1) {
    await client.stream('engine.encodeBlock', { encoding, block, texts: texts.slice(block * blockSentences, (block + 1) * blockSentences) });
  }
  await client.call('engine.closeEncoding', { encoding });
};

const filesOf = (folder: string) => ['vectors.bin', 'hashes.bin', 'journal.jsonl', 'source.u32'].map((name) => readFileSync(join(folder, name)));

/** Kills the engine once the journal has this many bytes. */
const killAt = async (folder: string, encoder: EncoderDescription, bytes: number): Promise<boolean> => {
  const { client, kill } = startEngine();
  const journal = join(folder, 'journal.jsonl');
  const watch = setInterval(() => { if (existsSync(journal) && statSync(journal).size >= bytes) kill(); }, 1);
  try {
    await encode(client, encoder, folder);
    return false;
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(Failure);
    return true;
  } finally {
    clearInterval(watch);
    kill();
  }
};

it('a job killed four times on its way ends with the same bytes as an undisturbed one', async () => {
  const encoder = await readBundledModel(fileURLToPath(new URL('../../resources/models/use-multilingual-v3', import.meta.url)));
  if (encoder === undefined) throw new Error('the bundled encoder is not there');
  const [whole, folder] = [join(base, 'whole'), join(base, 'killed')];
  const first = startEngine();
  await encode(first.client, encoder, whole);
  first.kill();
  const length = statSync(join(whole, 'journal.jsonl')).size;
  const killed: boolean[] = [];
  for (const share of [0.12, 0.35, 0.5, 0.8]) killed.push(await killAt(folder, encoder, Math.floor(length * share)));
  expect(killed).toEqual([true, true, true, true]);
  const last = startEngine();
  await encode(last.client, encoder, folder);
  last.kill();
  const [expected, found] = [filesOf(whole), filesOf(folder)];
  for (const [index, bytes] of expected.entries()) expect(found[index]?.equals(bytes)).toBe(true);
}, 60_000);
