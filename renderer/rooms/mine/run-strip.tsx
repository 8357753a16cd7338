import { ChevronDown, Pickaxe } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useStore } from 'zustand';
import { useState } from 'react';
import type { Run } from '../../../main/contract/mine.ts';
import { availabilityOf } from '../../actions/action-button.tsx';
import { keysOf, useOwnKeys } from '../../actions/own-keys.ts';
import { useApp, useSlice } from '../../stores/hooks.tsx';
import { canResume } from '../../stores/slices.ts';
import { t } from '../../strings/catalogue.ts';
import { Field } from '../../widgets/field.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { Menu, type MenuEntry } from '../../widgets/menu.tsx';
import { actions } from './actions.ts';
import { knowRun, mineState } from './state.ts';
import { isRunning } from './place.ts';
import { runName } from './run-words.ts';
import css from './run-strip.module.css';

/** The strip of a run: which one is open at the left, what can be done with it at the right. */
export const RunStrip = ({ run, children }: { readonly run: Run | undefined; readonly children?: ReactNode }) => {
  const renaming = useStore(mineState, (state) => state.renaming);
  return (
    <>
      <h1 className="only-read-aloud">{run === undefined ? t('mine.newRun') : runName(run)}</h1>
      {renaming && run !== undefined ? <RenameRun key={run.id} run={run} /> : <RunChooser run={run} />}
      {children}
    </>
  );
};

const chooserActions: readonly string[] = ['mine.new', 'line', 'mine.rename', 'mine.compare', 'mine.hubs', 'mine.gold', 'line', 'mine.remove'];

const RunChooser = ({ run }: { readonly run: Run | undefined }) => {
  const app = useApp();
  const own = useOwnKeys();
  const runs = useStore(mineState, (state) => state.runs.value) ?? [];
  const jobs = useSlice('jobs', (slice) => slice.value) ?? [];
  const stateOf = (each: Run): string => { const job = jobs.find((one) => one.id === each.job); return job !== undefined && canResume(job) ? t(`job.state.${job.state}`) : t('mine.runningWord'); };
  const entries: MenuEntry[] = [
    ...runs.map((each): MenuEntry => ({ id: `run-${each.id}`, label: isRunning(each) ? `${runName(each)}, ${stateOf(each)}` : runName(each), run: () => app.go({ room: 'mine', path: [String(each.id)] }) })),
    ...(runs.length > 0 ? ['line' as const] : []),
    ...chooserActions.flatMap((id): MenuEntry[] => {
      if (id === 'line') return ['line'];
      const action = actions.find((each) => each.id === id);
      if (action === undefined) return [];
      const available = availabilityOf(action, app);
      if (available === 'hidden') return [];
      return [{ id, label: t(action.label), icon: action.icon, chord: keysOf(action, own)[0], why: available === 'yes' ? undefined : t(available), run: () => void action.run(app) }];
    }),
  ];
  return (
    <Menu label={t('mine.runs')} entries={entries} trigger={(
      <AriaButton className={css['chooser'] ?? ''}>
        <Icon of={Pickaxe} size={13} /><span className="ellipsis">{run === undefined ? t('mine.newRun') : runName(run)}</span><Icon of={ChevronDown} size={13} />
      </AriaButton>
    )} />
  );
};

const RenameRun = ({ run }: { readonly run: Run }) => {
  const app = useApp();
  const [name, setName] = useState(run.name);
  const leave = (): void => mineState.setState({ renaming: false });
  const save = async (): Promise<void> => {
    leave();
    if (name.trim() === '' || name === run.name) return;
    const renamed = await app.attempt(() => app.link.call('mine.rename', { run: run.id, name: name.trim() }));
    if (renamed !== undefined) knowRun(renamed);
  };
  return (
    <div className={css['rename']} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); leave(); } }}>
      <Field label={t('mine.action.rename')} bare autoFocus value={name} onChange={setName} onEnter={() => void save()} onBlur={leave} />
    </div>
  );
};
