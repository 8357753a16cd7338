import { describe, expect, test } from 'vitest';
import { Failure } from '../../main/contract/errors.ts';
import type { WorkbenchContract } from '../../main/contract/workbench.ts';
import { workbenchContract } from '../../main/contract/workbench.ts';
import { pipe } from '../../main/rpc/pipe.ts';
import { serve, type Implementation, type Served } from '../../main/rpc/server.ts';
import { openLink } from '../link/link.ts';
import { createApp } from './app.ts';
import { isActive, needsUser } from './slices.ts';
import { dialEach, job, memoryBar, memoryStorage, projectStatus, settle } from './testing.ts';

/** A workbench of a few methods behind a real link, and the app in front of it. */
const open = async (methods: Partial<Implementation<WorkbenchContract>> = {}) => {
  const asked: string[] = [];
  const served: Served<WorkbenchContract>[] = [];
  const base: Partial<Implementation<WorkbenchContract>> = {
    'project.status': () => { asked.push('project.status'); return projectStatus(); },
    'jobs.list': () => { asked.push('jobs.list'); return [job({ id: 1 }), job({ id: 3 })]; },
    'corpora.list': () => { asked.push('corpora.list'); return []; },
    'models.list': () => { asked.push('models.list'); return []; },
    ...methods,
  };
  const channel = () => {
    const [near, far] = pipe();
    served.push(serve(far, workbenchContract, base as Implementation<WorkbenchContract>));
    return { near, far };
  };
  const ends: ReturnType<typeof channel>[] = [];
  const dial = () => { const made = channel(); ends.push(made); return made.near; };
  const app = createApp({ link: openLink(dialEach([dial, dial, dial]), { after: (_milliseconds, run) => { setTimeout(run, 1); } }), storage: memoryStorage, bar: memoryBar(), now: () => 0 });
  await settle();
  return { app, asked, tell: (...event: Parameters<Served<WorkbenchContract>['tell']>) => { served.at(-1)?.tell(...event); return settle(); }, cut: () => { ends.at(-1)?.far.close(); return settle(20); } };
};

describe('the app', () => {
  test('asks for everything once the link is open', async () => {
    const { app, asked } = await open();
    expect(asked.toSorted()).toEqual(['corpora.list', 'jobs.list', 'models.list', 'project.status']);
    expect(app.stores.project.getState().value?.name).toBe('corpus');
    expect(app.stores.connection.getState().state.name).toBe('open');
  });

  test('asks again for what was touched, and only for that', async () => {
    const { app, asked, tell } = await open();
    asked.length = 0;
    const before = app.stores.versions.getState();
    await tell('project.touched', { touches: ['models'] });
    expect(asked).toEqual(['models.list']);
    expect(app.stores.versions.getState().models).toBe(before.models + 1);
    expect(app.stores.versions.getState().pairs).toBe(before.pairs);
  });

  test('ignores touches it does not know', async () => {
    const { app, asked, tell } = await open();
    asked.length = 0;
    const before = app.stores.versions.getState();
    await tell('project.touched', { touches: ['weather'] });
    expect(asked).toEqual([]);
    expect(app.stores.versions.getState()).toEqual(before);
  });

  test('after a lost connection everything is dropped and asked again', async () => {
    const { app, asked, cut } = await open();
    asked.length = 0;
    const before = app.stores.versions.getState().pairs;
    await cut();
    expect(app.stores.connection.getState().state.name).toBe('open');
    expect(app.stores.versions.getState().pairs).toBe(before + 1);
    expect(asked.toSorted()).toEqual(['corpora.list', 'jobs.list', 'models.list', 'project.status']);
  });

  test('asks for no collections while no project is open', async () => {
    const { app, asked } = await open({ 'project.status': () => projectStatus({ path: null, name: null }) });
    expect(asked).not.toContain('corpora.list');
    expect(app.stores.collections.getState().value).toBeUndefined();
  });

  test('keeps jobs newest first, replaces one that changed, adds one it has not seen', async () => {
    const { app, tell } = await open();
    expect(app.stores.jobs.getState().value?.map((each) => each.id)).toEqual([3, 1]);
    await tell('jobs.changed', job({ id: 1, progress: 0.5 }));
    await tell('jobs.changed', job({ id: 2 }));
    expect(app.stores.jobs.getState().value?.map((each) => [each.id, each.progress])).toEqual([[3, 0], [2, 0], [1, 0.5]]);
  });

  test('tells a failed attempt with the words of the failure', async () => {
    const { app } = await open({ 'project.undo': () => { throw new Failure('conflict', 'The last step is still being applied.'); } });
    expect(await app.attempt(() => app.link.call('project.undo', {}))).toBeUndefined();
    expect(app.stores.ui.getState().toasts.map((toast) => toast.failure?.code)).toEqual(['conflict']);
  });

  test('keeps the old list, as stale, beside the failure to get a new one', async () => {
    let fails = false;
    const { app, tell } = await open({ 'models.list': () => { if (fails) throw new Failure('engine-lost', 'The engine stopped.'); return []; } });
    fails = true;
    await tell('project.touched', { touches: ['models'] });
    const { value, stale, failure } = app.stores.models.getState();
    expect({ value, stale, code: failure?.code }).toEqual({ value: [], stale: true, code: 'engine-lost' });
  });

  test('shows the measures of a probe as they arrive', async () => {
    const measure = (provider: 'cpu' | 'webgpu') => ({ provider, state: 'works' as const, sentencesPerSecond: 100, difference: 0, note: null });
    const { app } = await open({ 'models.probe': async (_input, { item }) => { await item(measure('cpu')); await settle(); await item(measure('webgpu')); return { chosen: 'cpu', measures: [measure('cpu'), measure('webgpu')] }; } });
    const seen: number[] = [];
    app.stores.models.subscribe((state) => { seen.push(state.probe?.measures.length ?? 0); });
    await app.stores.models.getState().startProbe('e5');
    expect(seen).toContain(1);
    expect(app.stores.models.getState().probe).toMatchObject({ running: false, chosen: 'cpu', failure: undefined });
  });
});

test('jobs that ended badly need the user, jobs under way do not', () => {
  expect(['failed', 'interrupted', 'paused', 'running', 'done'].map((state) => needsUser(job({ state: state as 'failed' })))).toEqual([true, true, false, false, false]);
  expect(isActive(job({ state: 'cancelling' }))).toBe(true);
});
