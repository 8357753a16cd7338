import type { Side } from '../contract/review.ts';
import type { Sought } from '../domain/text/text-matcher.ts';
import { createByteCache } from './byte-cache.ts';
import type { ByteCache } from './byte-cache.ts';
import { chunkLength } from './column-data.ts';
import { inOne, joined, lengthsOf } from './joined-texts.ts';
import type { Overlay } from './overlay.ts';
import { createPacer } from './pacer.ts';
import type { StoredBlock } from './pair-blocks.ts';
import type { TextMatches } from './text-matches.ts';

/**
 * What edits change about the pairs of a block, chunk by chunk and by place in the chunk; null where no pair of the chunk is edited.
 *
 * A chunk is read again only after one of its texts has changed.
 */
export type EditedTexts = {
  /** 0 = reads as imported, `editedWithout`, `editedWith`. */
  matches(block: StoredBlock, side: Side, sought: Sought, signal: AbortSignal): Promise<readonly (Uint8Array | null)[]>;
  /** Code points of the edited text; `unedited` elsewhere. */
  lengths(block: StoredBlock, side: Side, signal: AbortSignal | undefined): Promise<readonly (Uint32Array | null)[]>;
};

export const editedWithout = 1;
export const editedWith = 2;
export const unedited = 0xffffffff;

/** Texts read at once, and texts looked at together: few edits in many chunks are one question. */
const slice = 4_096;

type Values = Uint8Array | Uint32Array;
type Known<V extends Values> = { readonly version: number; readonly values: V | null };
type Gathering<V extends Values> = { readonly name: string; readonly cache: ByteCache<Known<V>>; readonly empty: () => V; readonly read: (bodies: readonly string[]) => Promise<ArrayLike<number>> };

export const createEditedTexts = (overlay: Overlay, texts: TextMatches): EditedTexts => {
  const found = createByteCache<Known<Uint8Array>>(64 * 1024 * 1024, ({ values }) => (values?.byteLength ?? 0) + 64);
  const measured = createByteCache<Known<Uint32Array>>(64 * 1024 * 1024, ({ values }) => (values?.byteLength ?? 0) + 64);

  const gathered = async <V extends Values>(block: StoredBlock, side: Side, { name, cache, empty, read }: Gathering<V>, signal: AbortSignal | undefined): Promise<readonly (V | null)[]> => {
    const pace = createPacer(signal);
    const chunks: (V | null)[] = [];
    let waiting: { readonly chunk: number; readonly at: number; readonly body: string }[] = [];
    const fill = async (): Promise<void> => {
      const values = waiting.length === 0 ? [] : await read(waiting.map(({ body }) => body));
      waiting.forEach(({ chunk, at }, index) => { (chunks[chunk] ??= empty())[at] = values[index] ?? 0; });
      waiting = [];
    };
    const fresh: { readonly no: number; readonly key: string; readonly version: number }[] = [];
    for (let no = 0; no * chunkLength < block.count; no += 1) {
      const first = block.first + no * chunkLength;
      const end = Math.min(first + chunkLength, block.first + block.count);
      const [key, version] = [`${block.id} ${no} ${side} ${name}`, overlay.versionOf(first, end)];
      const known = cache.get(key);
      chunks.push(known?.version === version ? known.values : null);
      if (known?.version === version) continue;
      fresh.push({ no, key, version });
      for (let from = first; from < end; from += slice) {
        const { pairs, bodies } = overlay.scan(side, from, Math.min(end, from + slice));
        bodies.forEach((body, index) => waiting.push({ chunk: no, at: (pairs[index] ?? 0) - first, body }));
        if (waiting.length >= slice) await fill();
        await pace();
      }
    }
    await fill();
    for (const { no, key, version } of fresh) cache.set(key, { version, values: chunks[no] ?? null });
    return chunks;
  };

  return {
    matches: (block, side, sought, signal) => gathered(block, side, {
      name: JSON.stringify(sought), cache: found, empty: () => new Uint8Array(chunkLength),
      read: async (bodies) => Array.from(await texts.among(bodies, sought, signal), (mark) => (mark === 1 ? editedWith : editedWithout)),
    }, signal),
    lengths: (block, side, signal) => gathered(block, side, {
      name: '', cache: measured, empty: () => new Uint32Array(chunkLength).fill(unedited), read: async (bodies) => inOne(joined(bodies).map(lengthsOf)),
    }, signal),
  };
};
