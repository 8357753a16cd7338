import { describe, expect, it } from 'vitest';
import { Failure } from '../../contract/errors.ts';
import { fitMapsInSteps } from '../../domain/mine/linear-map.ts';
import type { Steps } from '../../domain/mine/steps.ts';
import { inSteps } from './in-steps.ts';

const endless = function* (): Steps<never> { for (;;) yield 0.5; };

describe('steps taken by the engine', () => {
  it('let timers in while they go on', async () => {
    const ticks = { count: 0 };
    const timer = setInterval(() => { ticks.count += 1; }, 1);
    try {
      const counted = await inSteps((function* (): Steps<number> {
        const until = performance.now() + 200;
        let steps = 0;
        while (performance.now() < until) { steps += 1; yield 0; }
        return steps;
      })());
      expect(counted).toBeGreaterThan(100);
      expect(ticks.count).toBeGreaterThan(3);
    } finally {
      clearInterval(timer);
    }
  });

  it('stop within a second when they are cancelled', async () => {
    const controller = new AbortController();
    const state = { at: 0 };
    setTimeout(() => { state.at = performance.now(); controller.abort(); }, 30);
    const ended = await inSteps(endless(), controller.signal).catch((thrown: unknown) => thrown);
    expect(ended instanceof Failure && ended.data.code).toBe('cancelled');
    expect(performance.now() - state.at).toBeLessThan(1000);
  });

  it('fit the largest map without holding anybody up', async () => {
    const dimension = 896;
    const count = 40;
    const vectors = Float32Array.from({ length: count * dimension }, (_, place) => Math.sin(place * 0.7) / 10);
    const controller = new AbortController();
    const steps = fitMapsInSteps({ dimension, count, source: vectors, target: vectors, fold: Uint8Array.from({ length: count }, (_, row) => row % 5), folds: 5, ridge: 0.3 });
    const longest = { step: 0 };
    const timed = (function* (): Steps<unknown> {
      for (;;) {
        const cpu = process.cpuUsage();
        const next = steps.next();
        const used = process.cpuUsage(cpu);
        longest.step = Math.max(longest.step, (used.user + used.system) / 1000);
        if (next.done === true) return next.value;
        yield next.value;
      }
    })();
    setTimeout(() => { controller.abort(); }, 1500);
    await inSteps(timed, controller.signal).catch(() => undefined);
    expect(longest.step).toBeGreaterThan(0);
    expect(longest.step).toBeLessThan(100);
  });
});
