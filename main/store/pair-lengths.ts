import type { Side } from '../contract/review.ts';
import { createByteCache } from './byte-cache.ts';
import { chunkLength } from './column-data.ts';
import { unedited } from './edited-texts.ts';
import type { EditedTexts } from './edited-texts.ts';
import type { Overlay } from './overlay.ts';
import { createPacer } from './pacer.ts';
import type { PairBlocks, StoredBlock } from './pair-blocks.ts';
import type { SentenceFacts } from './sentence-facts.ts';

/**
 * How long the texts of pairs are as they read now, in code points, chunk by chunk.
 *
 * A chunk is kept until one of its texts changes, 4 bytes a pair and side: rows, count, facets and histogram of one filter ask for the same.
 */
export type PairLengths = {
  /** @param turn milliseconds of work between two turns of the event loop. */
  of(block: StoredBlock, side: Side, signal?: AbortSignal, turn?: number): Promise<readonly Uint32Array[]>;
};

type Parts = { readonly blocks: PairBlocks; readonly overlay: Overlay; readonly facts: SentenceFacts; readonly edited: EditedTexts };
type Known = { readonly version: number; readonly lengths: Uint32Array };

export const createPairLengths = ({ blocks, overlay, facts, edited }: Parts): PairLengths => {
  const cache = createByteCache<Known>(96 * 1024 * 1024, ({ lengths }) => lengths.byteLength);
  const read = (block: StoredBlock, side: Side, no: number, ofSentences: Uint32Array, edits: Uint32Array | null): Uint32Array => {
    const { sources, targets } = blocks.chunk(block, no);
    const ordinals = side === 'source' ? sources : targets;
    const lengths = new Uint32Array(ordinals.length);
    for (let at = 0; at < lengths.length; at += 1) lengths[at] = ofSentences[ordinals[at] ?? 0] ?? 0;
    if (edits !== null) for (let at = 0; at < lengths.length; at += 1) if (edits[at] !== unedited) lengths[at] = edits[at] ?? 0;
    return lengths;
  };
  return {
    of: async (block, side, signal, turn) => {
      const pace = createPacer(signal, turn);
      const chunks = Array.from({ length: Math.ceil(block.count / chunkLength) }, (_, no) => {
        const [first, length] = [block.first + no * chunkLength, Math.min(chunkLength, block.count - no * chunkLength)];
        return { key: `${block.id} ${no} ${length} ${side}`, version: overlay.versionOf(first, first + length) };
      });
      if (chunks.every(({ key, version }) => cache.get(key)?.version === version)) return chunks.flatMap(({ key }) => cache.get(key)?.lengths ?? []);
      const ofSentences = await facts.lengths(block[side], signal);
      const edits = await edited.lengths(block, side, signal);
      const found: Uint32Array[] = [];
      for (const [no, { key, version }] of chunks.entries()) {
        const known = cache.get(key);
        const lengths = known?.version === version ? known.lengths : read(block, side, no, ofSentences, edits[no] ?? null);
        cache.set(key, { version, lengths });
        found.push(lengths);
        await pace();
      }
      return found;
    },
  };
};
