import { createStore } from 'zustand/vanilla';
import type { Loss, WorkbenchState } from '../../main/contract/shell.ts';
import { availabilityOf } from '../actions/action-button.tsx';
import { keysOf, ownKeys } from '../actions/own-keys.ts';
import { openPaths } from '../actions/project-steps.ts';
import type { Shell } from '../link/shell.ts';
import type { App } from '../stores/app.ts';
import { isActive } from '../stores/slices.ts';
import { t, tIfAny } from '../strings/catalogue.ts';
import { jobTitle } from '../strings/job-title.ts';
import { onLocale } from '../strings/locale.ts';
import { duration } from '../strings/times.ts';
import { allActions } from './all-actions.ts';
import { menusOf, shellWords } from './shell-menus.ts';

/** What the shell told last: how its workbench is, and whether memory dumps are kept. */
export const shellNow = createStore<{ readonly workbench: WorkbenchState | undefined; readonly keepsDumps: boolean }>()(() => ({ workbench: undefined, keepsDumps: false }));

/** A job that took longer than this, seconds, is told about when the window is not in front. */
const long = 20;

/** Makes the page a member of its desktop: files it is asked to open, menus, dialogs, messages, and what became of its processes. */
export const followShell = (app: App, shell: Shell): void => {
  shell.on('shell.open', ({ paths }) => void openPaths(app, paths));
  shell.on('shell.run', ({ id }) => {
    const action = allActions.find((each) => each.id === id);
    if (action !== undefined && availabilityOf(action, app) === 'yes') void action.run(app);
  });
  shell.on('shell.workbench', (workbench) => {
    shellNow.setState({ workbench });
    if (workbench.state === 'running' && workbench.loss !== null) say(app, workbench.loss, t(`shell.kept.${workbench.kept}`));
  });
  void shell.call('shell.start', {}).then(({ open, workbench, pageLoss, keepsDumps }) => {
    shellNow.setState({ workbench, keepsDumps });
    if (pageLoss !== null) say(app, pageLoss, t('shell.keptPage'));
    void openPaths(app, open);
  });
  keepMenus(app, shell);
  answerChoosing(app, shell);
  tellEnds(app, shell);
};

/** The words of an end: "The workbench stopped: it crashed (code 139)." */
export const lossWords = ({ part, reason, exitCode }: Loss): string =>
  t(part === 'page' ? 'shell.lost.page' : 'shell.lost.workbench', { reason: tIfAny(`shell.reason.${reason}`, reason, { code: String(exitCode) }) });

const say = (app: App, loss: Loss, detail: string): void => app.stores.ui.getState().fail({ code: 'link-lost', message: lossWords(loss), detail });

/** Menus follow whatever actions depend on: stores, keys, language. Several changes at once are one. */
const keepMenus = (app: App, shell: Shell): void => {
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const describe = (): void => {
    timer = undefined;
    const actions = allActions.flatMap((action) => {
      const available = availabilityOf(action, app);
      return available === 'hidden' ? [] : [{ id: action.id, label: action.label, scope: action.scope, key: keysOf(action, ownKeys.read())[0], enabled: available === 'yes' }];
    });
    const described = { menus: menusOf(actions, { room: app.stores.address.getState().address?.room ?? 'start', platform: app.stores.project.getState().host?.platform ?? '' }), words: shellWords() };
    const text = JSON.stringify(described);
    if (text !== told) void shell.call('shell.describe', described);
    told = text;
  };
  const soon = (): void => { timer ??= setTimeout(describe, 150); };
  for (const store of Object.values(app.stores)) store.subscribe(soon);
  ownKeys.subscribe(soon);
  onLocale(soon);
  describe();
};

/** Files are chosen in the system's own dialog. */
const answerChoosing = (app: App, shell: Shell): void => {
  app.stores.ui.subscribe(({ choosing }, before) => {
    if (choosing === undefined || choosing === before.choosing) return;
    const { want, title, button, endings, suggestedName } = choosing.request;
    void app.attempt(() => shell.call('shell.choose', { want, title, button, endings: [...endings], suggestedName: suggestedName ?? null })).then((chosen) => choosing.answer(chosen?.paths ?? []));
  });
};

const tellEnds = (app: App, shell: Shell): void => {
  app.stores.jobs.subscribe(({ value }, { value: before }) => {
    for (const job of value ?? []) {
      const wasActive = before?.some((each) => each.id === job.id && isActive(each)) ?? false;
      const seconds = ((job.endedAt ?? 0) - (job.startedAt ?? 0)) / 1000;
      if (!wasActive || seconds < long || (job.state !== 'done' && job.state !== 'failed')) continue;
      const title = t(job.state === 'done' ? 'shell.jobDone' : 'shell.jobFailed', { title: jobTitle(job) });
      void shell.call('shell.notify', { title: title.slice(0, 300), body: (job.failure?.message ?? t('shell.jobDoneWords', { time: duration(seconds) })).slice(0, 300) });
    }
  });
};
