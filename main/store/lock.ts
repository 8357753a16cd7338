import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { Failure } from '../contract/errors.ts';
import { knownFailure } from '../contract/known-failures.ts';
import type { Lock } from './api.ts';

export const lockPath = (project: string): string => `${project}.lock`;

/** Who has the project open; null where nobody does (no lock, an unreadable one, or one whose process on this computer is gone). */
export const readLock = (project: string): Lock | null => {
  const lock = parseLock(readText(lockPath(project)));
  return lock === null || isStale(lock) ? null : lock;
};

export type HeldLock = { readonly setAddress: (address: string | null) => void; readonly release: () => void };

/**
 * Takes the lock, or says who holds it.
 *
 * The file is made with `wx`, so that of two openers one wins. A lock left by a process that is gone is first renamed and looked at again under its
 * new name: when another opener was faster, what was renamed is that opener's lock, and it is put back.
 */
export const takeLock = (project: string, address: string | null): HeldLock => {
  const path = lockPath(project);
  const mine = { pid: process.pid, host: hostname(), address, startedAt: Date.now(), processStart: processStart(process.pid) };
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if (writeNew(path, JSON.stringify(mine))) return heldLock(path, mine);
    const text = readText(path);
    if (text === null) continue;
    const holder = parseLock(text);
    if (holder !== null && !isStale(holder)) throw lockedFailure(project, holder);
    if (holder === null && attempt < 5) waitBriefly();
    else moveAside(path, text);
  }
  throw new Failure('project-locked', `The lock beside ${project} keeps changing: somebody else is opening it at this moment.`, { detail: 'Nothing was changed.', hint: 'Try again.' });
};

const heldLock = (path: string, first: Lock): HeldLock => {
  let current = JSON.stringify(first);
  const isMine = (): boolean => readText(path) === current;
  return {
    setAddress: (address) => {
      if (!isMine()) return;
      const next = JSON.stringify({ ...first, address });
      const draft = `${path}.${process.pid}`;
      writeFileSync(draft, next);
      renameSync(draft, path);
      current = next;
    },
    release: () => {
      if (isMine()) rmSync(path, { force: true });
    },
  };
};

const writeNew = (path: string, text: string): boolean => {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST') return false;
    throw new Failure(errorCode(thrown) === 'ENOSPC' ? 'disk-full' : 'file-unreadable', `The lock ${path} cannot be written (${errorCode(thrown)}).`, {
      detail: 'Nothing was changed.', hint: 'Check that you may write in this folder and that the disk has space, then try again.',
    });
  }
};

const moveAside = (path: string, seen: string): void => {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  try {
    if (readText(aside) !== seen) linkSync(aside, path);
  } catch {
    // Somebody made a new lock meanwhile: the next attempt meets it.
  } finally {
    rmSync(aside, { force: true });
  }
};

const lockedFailure = (project: string, holder: Lock): Failure => {
  const known = { path: project, process: holder.pid, since: new Date(holder.startedAt).toISOString().slice(0, 16).replace('T', ' ') };
  if (holder.host !== hostname()) return knownFailure('project-open-elsewhere', { ...known, host: holder.host, lock: lockPath(project) });
  return holder.address === null ? knownFailure('project-open-here', known) : knownFailure('project-served-here', { ...known, address: holder.address });
};

/** Only a process of this computer can be known to be gone; a number that was given to another process since is told by its start time. */
const isStale = (lock: Lock): boolean => {
  if (lock.host !== hostname()) return false;
  try {
    process.kill(lock.pid, 0);
  } catch (thrown) {
    if (errorCode(thrown) === 'ESRCH') return true;
  }
  const start = processStart(lock.pid);
  return start !== null && lock.processStart !== null && start !== lock.processStart;
};

/** Boot and start tick of a process where the system tells (Linux), else null. */
const processStart = (pid: number): string | null => {
  const stat = readText(`/proc/${pid}/stat`);
  const boot = readText('/proc/sys/kernel/random/boot_id');
  const tick = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return boot === null || tick === undefined ? null : `${boot.trim()}:${tick}`;
};

const parseLock = (text: string | null): Lock | null => {
  if (text === null) return null;
  try {
    const lock: unknown = JSON.parse(text);
    if (typeof lock !== 'object' || lock === null || !('pid' in lock) || !('host' in lock)) return null;
    if (typeof lock.pid !== 'number' || typeof lock.host !== 'string') return null;
    return {
      pid: lock.pid, host: lock.host,
      address: 'address' in lock && typeof lock.address === 'string' ? lock.address : null,
      startedAt: 'startedAt' in lock && typeof lock.startedAt === 'number' ? lock.startedAt : 0,
      processStart: 'processStart' in lock && typeof lock.processStart === 'string' ? lock.processStart : null,
    };
  } catch {
    return null;
  }
};

const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

const errorCode = (thrown: unknown): string => (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : 'unknown');

/** A lock that is being written has no whole text yet. */
const waitBriefly = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
};
