import type { Side } from '../contract/review.ts';
import { collectionFiles } from './collection-files.ts';
import type { Sql } from './database.ts';
import type { PairBlocks, StoredBlock } from './pair-blocks.ts';
import type { Filter } from './predicates.ts';
import type { SentenceFacts } from './sentence-facts.ts';

/** Which file each side of a pair comes from: the pair's own place where it has one (bitexts), else that of its sentence. */
export type PairFiles = {
  compile(block: StoredBlock, side: Side, name: string): Filter;
  /** Names by number, and the numbers of the pairs of a chunk. */
  of(block: StoredBlock, side: Side, signal: AbortSignal | undefined): Promise<{ readonly names: readonly string[]; chunk(no: number, files: Uint32Array): void }>;
};

export const createPairFiles = (sql: Sql, blocks: PairBlocks, facts: SentenceFacts): PairFiles => {
  const of: PairFiles['of'] = async (block, side, signal) => {
    const files = collectionFiles(sql, block[side]);
    const ofSentences = files.names.length < 2 ? null : await facts.files(block[side], signal);
    return {
      names: files.names,
      chunk: (no, found) => {
        const { sources, targets, files: ofPairs } = blocks.chunk(block, no);
        const ordinals = side === 'source' ? sources : targets;
        if (ofPairs !== null) for (let at = 0; at < found.length; at += 1) found[at] = side === 'source' ? ofPairs[at] ?? 0 : files.targetOf(ofPairs[at] ?? 0);
        else if (ofSentences === null) found.fill(0);
        else for (let at = 0; at < found.length; at += 1) found[at] = ofSentences[ordinals[at] ?? 0] ?? 0;
      },
    };
  };
  return {
    of,
    compile: (block, side, name) => {
      let files: Awaited<ReturnType<PairFiles['of']>> | null = null;
      return {
        prepare: async (signal) => { files = await of(block, side, signal); },
        search: async () => undefined,
        test: (no, marks) => {
          const found = new Uint32Array(marks.length);
          files?.chunk(no, found);
          const wanted = files?.names.map((one) => one === name) ?? [];
          for (let at = 0; at < marks.length; at += 1) marks[at] = wanted[found[at] ?? 0] === true ? 1 : 0;
        },
      };
    },
  };
};
