import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createSharedScan } from './shared-scan.ts';

/** A walk over 100 rows that counts its steps and can be held. */
const walk = () => {
  const steps: number[] = [];
  let held = Promise.withResolvers<void>();
  held.resolve();
  const scan = createSharedScan(100, 10, async (from) => {
    steps.push(from);
    await held.promise;
    await setImmediate();
  });
  return { scan, steps, hold: () => { held = Promise.withResolvers(); }, release: () => held.resolve() };
};

describe('a shared scan', () => {
  it('does the work once for all who wait', async () => {
    const { scan, steps } = walk();
    await Promise.all([scan.complete(undefined), scan.complete(undefined), scan.complete(new AbortController().signal)]);
    expect([scan.isComplete, scan.done]).toEqual([true, 100]);
    expect(steps).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
    await scan.complete(undefined);
    expect(steps.length).toBe(10);
  });

  it('goes on while one still waits, stops when nobody does, and is taken up again from there', async () => {
    const { scan, steps, hold, release } = walk();
    hold();
    const [first, second] = [new AbortController(), new AbortController()];
    const waits = [scan.complete(first.signal), scan.complete(second.signal)];
    first.abort();
    await expect(waits[0]).rejects.toMatchObject({ name: 'AbortError' });
    expect(scan.done).toBe(0);
    second.abort();
    await expect(waits[1]).rejects.toMatchObject({ name: 'AbortError' });
    const begun = steps.length;
    release();
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
    expect(steps.length).toBe(begun);
    await scan.complete(undefined);
    expect(scan.isComplete).toBe(true);
    expect(new Set(steps).size).toBe(10);
  });

  it('ends all waits with what went wrong, and tries again when asked', async () => {
    let isBroken = true;
    const scan = createSharedScan(30, 10, async (from) => { if (from === 10 && isBroken) throw new Error('broken'); });
    const waits = [scan.complete(undefined), scan.complete(undefined)];
    for (const wait of waits) await expect(wait).rejects.toThrow('broken');
    isBroken = false;
    await scan.complete(undefined);
    expect(scan.done).toBe(30);
  });

  it('an old walk that ends late does not take a new one along', async () => {
    const { scan, hold, release } = walk();
    hold();
    const stop = new AbortController();
    const old = scan.complete(stop.signal);
    stop.abort();
    await expect(old).rejects.toMatchObject({ name: 'AbortError' });
    const next = scan.complete(undefined);
    release();
    await next;
    expect(scan.isComplete).toBe(true);
  });
});
