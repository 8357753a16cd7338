import { useStore } from 'zustand';
import type { Collection } from '../../../../main/contract/corpora.ts';
import type { Run } from '../../../../main/contract/mine.ts';
import { everywhereActions } from '../../../actions/everywhere.ts';
import { ActionButton, ActionKey, useAvailability } from '../../../actions/action-button.tsx';
import { useAddress, useApp, useSlice } from '../../../stores/hooks.tsx';
import { isActive } from '../../../stores/slices.ts';
import { jobTitle } from '../../../strings/job-title.ts';
import { rich } from '../../../strings/rich.tsx';
import { t } from '../../../strings/catalogue.ts';
import { languageName } from '../../../text/languages.ts';
import { Button } from '../../../widgets/button.tsx';
import { Panel } from '../../../widgets/facts.tsx';
import { Empty } from '../../../widgets/notice.tsx';
import { Progress } from '../../../widgets/progress.tsx';
import { RoomFrame } from '../../../widgets/room-frame.tsx';
import { Segmented } from '../../../widgets/segmented.tsx';
import { Select, type Option } from '../../../widgets/select.tsx';
import { mineAction } from '../actions.ts';
import { RunStrip } from '../run-strip.tsx';
import { changeDraft, mineState, type Draft } from '../state.ts';
import { earlierRuns, filledDraft } from './plan-state.ts';
import { PlanPreview } from './plan-preview.tsx';
import { SettingsForm } from './settings-form.tsx';
import css from './start.module.css';

const importAction = everywhereActions.find((each) => each.id === 'project.import');

/** The form of a new run: two collections, how, and what that will take. While the sample is made ready, that is said instead: its run starts by itself. */
export const Start = () => (usePreparing() ? <Preparing /> : <StartForm />);

const usePreparing = (): boolean => {
  const asked = useSlice('ui', (ui) => ui.preparing);
  const sample = useSlice('project', (slice) => slice.value?.sample === true);
  const jobs = useSlice('jobs', (slice) => slice.value) ?? [];
  const { path } = useAddress();
  return asked && sample && path[0] !== 'new' && !jobs.some((job) => job.kind === 'mine' || job.state === 'failed' || job.state === 'cancelled');
};

const Preparing = () => (
  <RoomFrame name={t('room.mine')} margin={<Panel heading={t('mine.start.heading')}><p className="small dim" style={{ lineHeight: 1.5 }}>{t('mine.start.words')}</p></Panel>} strip={<h2 className="strong">{t('mine.prepare.strip')}</h2>}>
    <Arriving />
    <Empty heading={t('mine.prepare.heading')}><p role="status">{t('mine.prepare.words')}</p></Empty>
  </RoomFrame>
);

const StartForm = () => {
  const collections = useSlice('collections', (slice) => slice.value);
  const runs = useStore(mineState, (state) => state.runs.value) ?? [];
  const draft = filledDraft(useStore(mineState, (state) => state.draft), collections ?? [], runs);
  const sentences = (collections ?? []).filter((each) => each.kind === 'monolingual' && each.state === 'ready');
  const bitexts = (collections ?? []).filter((each) => each.kind === 'bitext' && each.state === 'ready');
  const enough = sentences.length >= 2 || bitexts.length > 0;
  const task: Draft['task'] = bitexts.length === 0 ? 'mine' : sentences.length < 2 ? 'score-bitext' : draft.task;
  return (
    <RoomFrame name={t('room.mine')}
      margin={<Panel heading={t('mine.start.heading')}><p className="small dim" style={{ lineHeight: 1.5 }}>{t('mine.start.words')}</p><p className="small dim" style={{ lineHeight: 1.5, marginBlockStart: 8 }}>{t('mine.start.marginWords')}</p></Panel>}
      strip={<RunStrip run={undefined}><span className="grow" />{enough ? <StartButton task={task} /> : null}</RunStrip>}
      statusStart={collections === undefined ? null : <span>{rich('mine.start.status', { count: sentences.length })}</span>}
    >
      <Arriving />
      {collections === undefined ? <div aria-busy="true" /> : !enough ? (
        <Empty heading={t('mine.start.emptyHeading')}>
          <p>{t('mine.start.emptyWords')}</p>
          {importAction === undefined ? null : <ActionButton action={importAction} small={false} />}
        </Empty>
      ) : (
        <div className={css['form']}>
          <div className={css['choices']}>
            {sentences.length < 2 || bitexts.length === 0 ? null : (
              <div style={{ marginBlockEnd: 16 }}><Segmented label={t('mine.start.task')} value={task} onChange={(next) => changeDraft({ task: next })} options={[{ value: 'mine', label: t('mine.start.mine') }, { value: 'score-bitext', label: t('mine.start.score') }]} /></div>
            )}
            {task === 'mine' ? (
              <div className={css['sides']}>
                <Select label={t('mine.facts.source')} tall value={idOf(draft.source)} options={sentences.map(optionOf)} onChange={(id) => changeDraft({ source: Number(id) })} />
                <Select label={t('mine.facts.target')} tall value={idOf(draft.target)} options={sentences.filter((each) => each.id !== draft.source).map(optionOf)} onChange={(id) => changeDraft({ target: Number(id) })} />
              </div>
            ) : (
              <>
                <Select label={t('mine.facts.bitext')} tall value={idOf(draft.bitext)} options={bitexts.map(optionOf)} onChange={(id) => changeDraft({ bitext: Number(id) })} />
                <p className="small dim" style={{ marginBlockStart: 8, lineHeight: 1.45 }}>{t('mine.start.scoreWords')}</p>
              </>
            )}
            {task === 'mine' ? <EarlierRun draft={draft} runs={earlierRuns(runs, collections, draft.source, draft.target)} /> : null}
            <SettingsForm draft={draft} />
          </div>
          <section className={css['plan']} aria-label={t('mine.plan.heading')}>
            <h2 className={css['planHeading']}>{t('mine.plan.heading')}</h2>
            {task === 'mine' ? <PlanPreview draft={draft} languages={{ source: languageOf(sentences, draft.source), target: languageOf(sentences, draft.target) }} /> : <p className="dim" style={{ lineHeight: 1.5 }}>{t('mine.plan.ofBitext')}</p>}
          </section>
        </div>
      )}
    </RoomFrame>
  );
};

/** A second crawl: an earlier run that fits is offered, and taken unless somebody decides otherwise. */
const EarlierRun = ({ draft, runs }: { readonly draft: Draft; readonly runs: readonly Run[] }) => (runs.length === 0 ? null : (
  <div style={{ marginBlockStart: 16 }}>
    <Select label={t('mine.start.earlier')} tall value={String(draft.earlier ?? 'none')} onChange={(id) => changeDraft({ earlier: id === 'none' ? null : Number(id) })}
      options={[...runs.map((run): Option<string> => ({ value: String(run.id), label: t('mine.start.earlierRun', { id: String(run.id) }), note: run.name })), { value: 'none', label: t('mine.start.earlierNone') }]} />
    <p className="small dimmer" style={{ marginBlockStart: 4, lineHeight: 1.4 }}>{t('mine.start.earlierWords')}</p>
  </div>
));

const idOf = (id: number | null): string | null => (id === null ? null : String(id));
const languageOf = (all: readonly Collection[], id: number | null): string => all.find((each) => each.id === id)?.language ?? '';

const optionOf = (collection: Collection): Option<string> => ({
  value: String(collection.id),
  label: t('mine.start.collection', { name: collection.name, languages: collection.targetLanguage === null ? languageName(collection.language) : t('import.pairOf', { source: languageName(collection.language), target: languageName(collection.targetLanguage) }) }),
  note: collection.kind === 'bitext' ? t('mine.start.pairs', { count: collection.size }) : t('mine.facts.sentences', { count: collection.size }),
});

const StartButton = ({ task }: { readonly task: Draft['task'] }) => {
  const app = useApp();
  const start = mineAction('mine.start');
  const available = useAvailability(start);
  return (
    <>
      <ActionKey action={start} />
      <Button primary small icon={start.icon} disabled={available !== 'yes'} onPress={() => void start.run(app)}>{task === 'mine' ? t(start.label) : t('mine.start.scoring')}</Button>
    </>
  );
};

/** Collections that are being read right now: the sample's, at the first start. */
const Arriving = () => {
  const jobs = useSlice('jobs', (slice) => slice.value) ?? [];
  const arriving = jobs.filter((job) => isActive(job) && job.kind === 'import');
  if (arriving.length === 0) return null;
  return (
    <section className={css['arriving']} aria-label={t('mine.start.arriving', { count: arriving.length })}>
      <p className="small dim">{t('mine.start.arriving', { count: arriving.length })}</p>
      {arriving.slice(0, 3).map((job) => <div key={job.id} className={css['arrivingJob']}><bdi className="small ellipsis">{jobTitle(job)}</bdi><Progress share={job.progress} state="running" label={jobTitle(job)} /></div>)}
    </section>
  );
};
