import { describe, expect, test } from 'vitest';
import type { Channel } from '../../main/contract/host.ts';
import { workbenchContract, type WorkbenchContract } from '../../main/contract/workbench.ts';
import { pipe } from '../../main/rpc/pipe.ts';
import { serve, type Implementation, type Served } from '../../main/rpc/server.ts';
import { projectStatus, settle } from '../stores/testing.ts';
import { backoff, Failure, openLink, type LinkState } from './link.ts';

/** A clock that runs its errands when told. */
const handClock = () => {
  const waiting: { readonly milliseconds: number; readonly run: () => void }[] = [];
  return { waiting, after: (milliseconds: number, run: () => void) => { waiting.push({ milliseconds, run }); }, tick: async () => { waiting.shift()?.run(); await settle(); } };
};

const workbench = () => {
  const [near, far] = pipe();
  const served: Served<WorkbenchContract> = serve(far, workbenchContract, {
    'project.status': () => projectStatus(),
    'project.recent': () => new Promise(() => undefined),
  } as unknown as Implementation<WorkbenchContract>);
  return { near, far, served };
};

const code = (thrown: unknown): string => (thrown instanceof Failure ? thrown.data.code : 'not a failure');

describe('a link', () => {
  test('keeps calls that come before it is open', async () => {
    const { near } = workbench();
    let open: (channel: Channel) => void = () => undefined;
    const link = openLink(() => new Promise((resolve) => { open = resolve; }));
    const answer = link.call('project.status', {});
    open(near);
    expect((await answer).name).toBe('corpus');
  });

  test('fails what was under way when the channel is lost, and takes new calls to the next', async () => {
    const first = workbench();
    const second = workbench();
    const channels = [first.near, second.near];
    const clock = handClock();
    const link = openLink(() => { const next = channels.shift(); return next === undefined ? Promise.reject(new Error('nobody')) : Promise.resolve(next); }, clock);
    await settle();
    const lost = link.call('project.recent', {}).catch(code);
    await settle();
    first.far.close();
    await settle();
    expect(await lost).toBe('link-lost');
    const later = link.call('project.status', {});
    await clock.tick();
    expect((await later).name).toBe('corpus');
  });

  test('says calmly what it is doing and waits longer after every failed try', async () => {
    const clock = handClock();
    const states: LinkState[] = [];
    const link = openLink(() => Promise.reject(new Error('nobody answers')), clock);
    link.onState((state) => states.push(state));
    await settle();
    await clock.tick();
    await clock.tick();
    expect(states.map((state) => (state.name === 'lost' ? state.attempt : state.name))).toEqual(['connecting', 1, 2, 3]);
    expect(states.at(-1)).toMatchObject({ reason: 'nobody answers' });
    expect(clock.waiting.map((each) => each.milliseconds)).toEqual([1000]);
    link.close();
  });

  test('listens again to its events on the next channel', async () => {
    const first = workbench();
    const second = workbench();
    const channels = [first.near, second.near];
    const clock = handClock();
    const link = openLink(() => Promise.resolve(channels.shift() ?? second.near), clock);
    const heard: string[] = [];
    const leave = link.on('project.touched', ({ touches }) => { heard.push(...touches); });
    await settle();
    first.served.tell('project.touched', { touches: ['pairs'] });
    await settle();
    first.far.close();
    await settle();
    await clock.tick();
    second.served.tell('project.touched', { touches: ['runs'] });
    await settle();
    leave();
    await settle();
    second.served.tell('project.touched', { touches: ['jobs'] });
    await settle();
    expect(heard).toEqual(['pairs', 'runs']);
  });

  test('lets a waiting call be cancelled', async () => {
    const link = openLink(() => new Promise(() => undefined));
    const controller = new AbortController();
    const waiting = link.call('project.status', {}, { signal: controller.signal }).catch(code);
    controller.abort();
    expect(await waiting).toBe('cancelled');
  });

  test('refuses calls once it is closed', async () => {
    const { near } = workbench();
    const link = openLink(() => Promise.resolve(near));
    await settle();
    link.close();
    expect(await link.call('project.status', {}).catch(code)).toBe('link-lost');
  });
});

test('the first try is at once, later ones wait up to eight seconds', () => {
  expect([0, 1, 2, 3, 6, 20].map(backoff)).toEqual([0, 250, 500, 1000, 8000, 8000]);
});
