import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepWorkbench, type WorkbenchListener } from './workbench-keeper.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); vi.restoreAllMocks(); });

/** A keeper over processes that do only what a test says. */
const kept = () => {
  const started: { readonly env: Readonly<Record<string, string>>; readonly listener: WorkbenchListener; readonly did: string[] }[] = [];
  const keeper = keepWorkbench({
    version: '1', dataFolder: '/data', resourcesFolder: '/resources', onState: () => undefined, onFacts: () => undefined,
    start: (env, listener) => {
      const did: string[] = [];
      started.push({ env, listener, did });
      return { close: () => { did.push('close'); }, kill: () => { did.push('kill'); } };
    },
  });
  const last = () => {
    const found = started.at(-1);
    if (found === undefined) throw new Error('Nothing was started.');
    return found;
  };
  return { keeper, started, last };
};

it('opens the project of before and resumes its jobs after an end; ends of long ago take nothing away', async () => {
  const { last } = kept();
  for (let end = 0; end < 6; end += 1) {
    last().listener.spawned();
    last().listener.facts({ project: '/a.dragoman', running: 1, progress: 0.5 });
    last().listener.ended('crashed', 11);
    await vi.advanceTimersByTimeAsync(6 * 60_000);
    expect(last().env).toMatchObject({ DRAGOMAN_PROJECT: '/a.dragoman', DRAGOMAN_RESUME: '1' });
  }
});

it('says that nothing runs between an end and the next start', () => {
  const { keeper, last } = kept();
  last().listener.facts({ project: '/a.dragoman', running: 2, progress: 0.5 });
  last().listener.ended('oom', 9);
  expect(keeper.facts).toEqual({ project: '/a.dragoman', running: 0, progress: 0 });
  expect(keeper.losses).toMatchObject([{ part: 'workbench', reason: 'oom', exitCode: 9 }]);
});

it('keeps the last fifty lines of what the workbench said', () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { keeper, last } = kept();
  for (let line = 1; line <= 60; line += 1) last().listener.errorLine(`line ${line}`);
  expect([keeper.lines.length, keeper.lines[0], keeper.lines.at(-1)]).toEqual([50, 'line 11', 'line 60']);
});

it('does not start again what was asked to close, also where that was waiting to be started', async () => {
  const { keeper, started, last } = kept();
  last().listener.ended('crashed', 11);
  await keeper.close(1000);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(started).toHaveLength(1);
});

it('kills a workbench that does not end in time', async () => {
  const { keeper, last } = kept();
  last().listener.spawned();
  const closed = keeper.close(1000);
  expect(last().did).toEqual(['close']);
  await vi.advanceTimersByTimeAsync(1000);
  await closed;
  expect(last().did).toEqual(['close', 'kill']);
});
