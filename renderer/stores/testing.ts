import type { Channel } from '../../main/contract/host.ts';
import type { Job } from '../../main/contract/jobs.ts';
import type { ProjectStatus } from '../../main/contract/project.ts';
import type { Dial } from '../link/link.ts';
import type { AddressBar } from './address.ts';

/** Pieces that tests of the page's stores share. */

export const settle = (milliseconds = 5): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

export const memoryBar = (hash = ''): AddressBar => ({ location: { hash }, addEventListener: () => undefined });
export const memoryStorage = { read: () => null, write: () => undefined };

/** Dials the channels it is given, one after the other; then fails. */
export const dialEach = (channels: readonly (() => Channel)[]): Dial => {
  let next = 0;
  return () => {
    const open = channels[next];
    next += 1;
    return open === undefined ? Promise.reject(new Error('nobody answers')) : Promise.resolve(open());
  };
};

export const projectStatus = (part: Partial<ProjectStatus> = {}): ProjectStatus => ({ path: '/corpus.dragoman', name: 'corpus', sample: false, warnings: [], undo: null, redo: null, pairs: 0, sentences: 0, ...part });

export const job = (part: Partial<Job> = {}): Job => ({
  id: 1, kind: 'mine', title: 'Mine de to en', state: 'running', stages: [], progress: 0, secondsLeft: null, startedAt: null, endedAt: null, run: null, collection: null, pausable: true, failure: null, ...part,
});
