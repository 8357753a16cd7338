import { beforeAll, expect, test, vi } from 'vitest';
import { shellContract, type ShellContract, type WorkbenchState } from '../../main/contract/shell.ts';
import { workbenchContract, type WorkbenchContract } from '../../main/contract/workbench.ts';
import { connect } from '../../main/rpc/client.ts';
import { pipe } from '../../main/rpc/pipe.ts';
import { serve, type Implementation } from '../../main/rpc/server.ts';
import { openLink } from '../link/link.ts';
import type { Shell } from '../link/shell.ts';
import { createApp, type App } from '../stores/app.ts';
import { job, memoryBar, memoryStorage, projectStatus, settle } from '../stores/testing.ts';
import { duration } from '../strings/times.ts';
import { followShell, shellNow } from './follow-shell.ts';

// Menus are told a little later; they may still ask for it after a test.
beforeAll(() => { vi.stubGlobal('document', { activeElement: null }); });

const running: WorkbenchState = { state: 'running', kept: 'nothing', loss: null };

/** A page with a shell and a workbench that note what they are asked. */
const window_ = async (waiting: readonly string[] = []) => {
  const asked: { readonly name: string; readonly input: unknown }[] = [];
  const note = <T>(name: string, answer: T) => (input: unknown): T => { asked.push({ name, input }); return answer; };
  const [near, far] = pipe();
  const answers = {
    ...Object.fromEntries(Object.keys(shellContract).map((name) => [name, note(name, {})])),
    'shell.start': note('shell.start', { open: [...waiting], workbench: running, pageLoss: null, keepsDumps: false }), 'shell.choose': note('shell.choose', { paths: ['/chosen.dragoman'] }),
  } as unknown as Implementation<ShellContract>;
  const served = serve(far, shellContract, answers, { checkOutputs: true });
  const client = connect(near, shellContract);
  const shell: Shell = { call: client.call, on: (name, listener) => { client.on(name, listener); }, pathOf: () => '' };
  const [page, workbench] = pipe();
  serve(workbench, workbenchContract, {
    ...Object.fromEntries(Object.keys(workbenchContract).map((name) => [name, () => []])),
    'project.status': () => projectStatus(), 'project.open': note('project.open', projectStatus()), 'project.hostFacts': () => ({ platform: 'linux', engine: { state: 'ready', note: null } }),
  } as unknown as Implementation<WorkbenchContract>);
  const app: App = createApp({ link: openLink(() => Promise.resolve(page)), shell, storage: memoryStorage, bar: memoryBar(), now: () => 0 });
  await settle(20);
  followShell(app, shell);
  await settle(20);
  return { app, served, asked, of: (name: string) => asked.filter((each) => each.name === name).map(({ input }) => input) };
};

test('files that waited are opened: projects as projects, the rest as an import', async () => {
  const { app, served, of } = await window_(['/a.tmx', '/b.dragoman']);
  expect(of('project.open')).toEqual([{ path: '/b.dragoman' }]);
  expect(app.stores.ui.getState().sheet).toEqual({ kind: 'import', paths: ['/a.tmx'] });
  served.tell('shell.open', { paths: ['/c.txt'] });
  await settle();
  expect(app.stores.ui.getState().sheet).toEqual({ kind: 'import', paths: ['/c.txt'] });
});

test('menus are told once, and again when what can be done has changed; a chosen entry runs its action', async () => {
  const { app, served, of } = await window_();
  await settle(300);
  const before = of('shell.describe').length;
  app.stores.project.getState().know(projectStatus({ path: null, name: null }));
  app.stores.project.getState().know(projectStatus({ path: null, name: null }));
  await settle(300);
  expect(of('shell.describe')).toHaveLength(before + 1);
  served.tell('shell.run', { id: 'app.keys' });
  served.tell('shell.run', { id: 'project.close' });
  served.tell('shell.run', { id: 'no.such' });
  await settle();
  expect(app.stores.ui.getState().sheet).toEqual({ kind: 'keys' });
});

test('files are chosen in the dialog of the system', async () => {
  const { app, of } = await window_();
  const paths = await app.stores.ui.getState().choose({ want: 'file', title: 'Open', button: 'Open', endings: ['.dragoman'] });
  expect(paths).toEqual(['/chosen.dragoman']);
  expect(of('shell.choose')).toEqual([{ want: 'file', title: 'Open', button: 'Open', endings: ['.dragoman'], suggestedName: null }]);
});

test('a workbench that stopped is said with its reason, and what came back', async () => {
  const { app, served } = await window_();
  const loss = { part: 'workbench', reason: 'crashed', exitCode: 139, at: 0 } as const;
  served.tell('shell.workbench', { state: 'restarting', kept: 'project-and-jobs', loss });
  await settle();
  expect(shellNow.getState().workbench?.state).toBe('restarting');
  served.tell('shell.workbench', { state: 'running', kept: 'project-and-jobs', loss });
  await settle();
  expect(app.stores.ui.getState().toasts.at(-1)?.failure).toMatchObject({ message: 'The workbench stopped: it crashed (code 139).', detail: expect.stringContaining('jobs that were running go on') as string });
});

test('a long job tells its end, a short one does not', async () => {
  const { app, of } = await window_();
  const { changed } = app.stores.jobs.getState();
  for (const [id, seconds] of [[1, 90], [2, 3]] as const) {
    changed(job({ id, state: 'running', startedAt: 0 }));
    changed(job({ id, state: 'done', startedAt: 0, endedAt: seconds * 1000 }));
  }
  await settle();
  expect(of('shell.notify')).toEqual([{ title: 'Done: Mine de to en', body: `Took ${duration(90)}.` }]);
});
