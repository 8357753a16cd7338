import { Failure } from '../contract/errors.ts';
import type { EncoderDescription, Provider } from '../contract/models.ts';
import { openEncoder, type Encoder, type EncoderPart } from './encoder.ts';
import type { RunQueue } from './run-queue.ts';
import { openTokenizer, type Tokenizer } from './tokenizer.ts';

/** Loaded encoders, the last few of them kept: loading takes seconds, and a mining run with two encoders goes back and forth. */
export type EncoderCache = {
  /** The encoder on the provider asked for, or on the CPU with a note that says why: never silently. */
  open(description: EncoderDescription, provider: Provider, threads: number, part?: EncoderPart): Promise<{ readonly encoder: Encoder; readonly note: string | null }>;
  /** The encoder on exactly this provider; throws `provider-failed` where it does not work. */
  openExactly(description: EncoderDescription, provider: Provider, threads: number, part?: EncoderPart): Promise<Encoder>;
  close(): Promise<void>;
};

/** Two: `--encoder both`. */
const kept = 2;

export const createEncoderCache = (queue: RunQueue, cacheFolder: string, warn: (line: string) => void): EncoderCache => {
  const open = new Map<string, Promise<Encoder>>();
  const tokenizers = new Map<string, Promise<Tokenizer>>();

  const openExactly: EncoderCache['openExactly'] = async (description, provider, threads, part = 'whole') => {
    const key = JSON.stringify([identity(description), provider, threads, part]);
    const before = open.get(key);
    if (before !== undefined) {
      open.delete(key);
      open.set(key, before);
      return before;
    }
    const opening = load(description, provider, threads, part);
    open.set(key, opening);
    opening.catch(() => { open.delete(key); });
    await forgetOldest();
    return opening;
  };

  const load = async (description: EncoderDescription, provider: Provider, threads: number, part: EncoderPart): Promise<Encoder> => {
    const tokenizer = await tokenizerOf(description);
    return queue.run('interactive', async () => {
      const encoder = await openEncoder(description, { provider, threads, cacheFolder, part }, tokenizer);
      try {
        await tryOut(encoder, part);
        return encoder;
      } catch (thrown) {
        await encoder.dispose();
        throw thrown;
      }
    });
  };

  const tokenizerOf = (description: EncoderDescription): Promise<Tokenizer> => {
    const key = JSON.stringify(identity(description));
    const before = tokenizers.get(key);
    if (before !== undefined) return before;
    const opening = openTokenizer(description);
    tokenizers.set(key, opening);
    opening.catch(() => { tokenizers.delete(key); });
    if (tokenizers.size > kept) tokenizers.delete([...tokenizers.keys()][0] ?? key);
    return opening;
  };

  /** An encoder that an encoding still holds must not be released under it, so the release waits in the queue behind running batches. */
  const forgetOldest = async (): Promise<void> => {
    while (open.size > kept) {
      const [key, oldest] = [...open.entries()][0] ?? [];
      if (key === undefined || oldest === undefined) return;
      open.delete(key);
      await queue.run('batch', async () => (await oldest).dispose()).catch(() => undefined);
    }
  };

  const openOrFallBack: EncoderCache['open'] = async (description, provider, threads, part) => {
    try {
      return { encoder: await openExactly(description, provider, threads, part), note: null };
    } catch (thrown) {
      if (provider === 'cpu' || !(thrown instanceof Failure) || thrown.data.code !== 'provider-failed') throw thrown;
      const note = `${thrown.data.message} The CPU is used instead.`;
      warn(note);
      return { encoder: await openExactly(description, 'cpu', threads, part), note };
    }
  };

  const close = async (): Promise<void> => {
    const all = [...open.values()];
    open.clear();
    for (const one of all) await one.then((encoder) => encoder.dispose(), () => undefined);
  };
  return { open: openOrFallBack, openExactly, close };
};

/** What of a description decides the vectors; titles and licences do not. */
const identity = (description: EncoderDescription): readonly unknown[] => {
  const { folder, hash, pooling, normalise, prefix, maximumTokens, output, padId, dense, graph, tokenizer } = description;
  return [folder, hash, pooling, normalise, prefix, maximumTokens, output, padId, dense, graph, tokenizer];
};

/** One short sentence through the whole encoder: finds a wrong description or a broken provider before a job has begun. */
const tryOut = async (encoder: Encoder, part: EncoderPart): Promise<void> => {
  const table = await encoder.tokenise(['One sentence.']);
  const vector = part === 'whole' ? await encoder.infer(table, Uint32Array.of(0)) : await encoder.tokenStates([table.ids]);
  if (!vector.every(Number.isFinite)) {
    throw new Failure(encoder.provider === 'cpu' ? 'model-unsupported' : 'provider-failed', `${encoder.description.title} gives no usable numbers on ${encoder.provider}.`, { hint: 'Choose another provider or encoder.' });
  }
};
