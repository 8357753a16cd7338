import type { engineContract } from '../../contract/engine.ts';
import type { Implementation } from '../../rpc/server.ts';
import { probeIndex } from '../knn/probe-index.ts';
import { readHubs, readNeighbours } from '../neighbours/neighbours.ts';
import type { RunQueue } from '../run-queue.ts';
import { mine } from './mine.ts';
import { readPartial } from './partial.ts';
import { scorePairs } from './score-pairs.ts';

export type MiningMethods = Pick<Implementation<typeof engineContract>,
  'engine.mine' | 'engine.scorePairs' | 'engine.partial' | 'engine.neighbours' | 'engine.hubs' | 'engine.probeIndex'>;

/** The mining part of the engine. */
export const createMiningMethods = ({ queue }: { readonly queue: RunQueue }): MiningMethods => ({
  'engine.mine': (input, call) => mine(input, { queue, tell: call.item, signal: call.signal }),
  'engine.scorePairs': (input, call) => scorePairs(input, { queue, tell: call.item, signal: call.signal }),
  'engine.partial': ({ folder, bins, rows }) => readPartial(folder, bins, rows),
  'engine.neighbours': ({ folder, side, ordinals }) => readNeighbours(folder, side, ordinals),
  'engine.hubs': ({ folder, side, count }) => readHubs(folder, side, count),
  'engine.probeIndex': ({ dimension }, call) => probeIndex(dimension, queue, call.signal),
});
