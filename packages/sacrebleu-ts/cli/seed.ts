import { randomBytes } from 'node:crypto';
import type { Seed } from '../src/significance/seed-sequence.ts';
import { CommandFailure } from './failure.ts';

/** The seed of SACREBLEU_SEED: a whole number, or `none` for another one each time. 0 is a seed like any other. */
export const seedFrom = (text: string): Seed => {
  if (text === 'none') return new Uint32Array(Uint8Array.from(randomBytes(16)).buffer);
  if (/^\s*\+?\d+\s*$/.test(text)) return BigInt(text.replace('+', ''));
  throw new CommandFailure(`SACREBLEU_SEED is a whole number from 0 or "none", not "${text}".`);
};
