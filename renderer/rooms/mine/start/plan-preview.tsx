import { useEffect, useState } from 'react';
import { TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import { useApp, useQuery } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { bytes } from '../../../strings/numbers.ts';
import { clock, duration } from '../../../strings/times.ts';
import { Facts } from '../../../widgets/facts.tsx';
import { Icon } from '../../../widgets/icon.tsx';
import { Notice } from '../../../widgets/notice.tsx';
import { stageTitle } from '../running/job-progress.ts';
import { indexName, providerName } from '../run-words.ts';
import type { Draft } from '../state.ts';
import { planState } from './plan-state.ts';
import { planKey } from './start-run.ts';
import css from './start.module.css';

/** Typing rests so long before a plan is asked. */
const rest = 250;

/** What will be done, before it is done: time, memory, disk, what was chosen and why. Follows the form. */
export const PlanPreview = ({ draft, languages }: { readonly draft: Draft; readonly languages: Readonly<Record<string, string>> }) => {
  const app = useApp();
  const { source, target, settings } = draft;
  const earlier = draft.earlier ?? null;
  const wanted = source === null || target === null ? undefined : planKey(source, target, settings, earlier);
  const settled = useSettled(wanted);
  const question = wanted !== undefined && settled === wanted && source !== null && target !== null ? { source, target, settings, earlier } : null;
  const asked = useQuery('mine.plan', question, { touches: ['models', 'collections'] });
  const { key, plan: shown } = useStore(planState);
  const plan = asked.data;
  useEffect(() => {
    if (plan !== undefined && !asked.stale && question !== null) planState.setState({ key: wanted, plan });
  }, [plan, asked.stale, wanted, question === null]);
  const isOld = key !== wanted || asked.stale;
  if (wanted === undefined) return <p className="dim">{t('mine.plan.chooseTwo')}</p>;
  if (asked.failure !== undefined) return <Notice failure={asked.failure} />;
  if (shown === undefined) return <p className="dim" aria-busy="true">{t('mine.plan.asking')}</p>;
  const total = Math.max(1e-6, shown.stages.reduce((sum, stage) => sum + stage.seconds, 0));
  return (
    <div className={isOld ? 'is-stale' : undefined} aria-busy={isOld}>
      <div className={`figure ${isOld ? 'is-stale' : ''}`}>{t('mine.plan.about', { time: duration(shown.seconds, shown.seconds < 10) })}</div>
      <p className="small dim" style={{ marginBlock: '2px 14px' }}>{t('mine.plan.needs', { memory: bytes(shown.memoryBytes), disk: bytes(shown.diskBytes), until: clock(app.now() + shown.seconds * 1000) })}</p>
      <ol className={css['stages']} aria-label={t('mine.running.ruler')}>
        {shown.stages.map((stage, index) => (
          <li key={`${stage.name}-${index}`}>
            <span className="ellipsis">{stageTitle({ name: stage.name, subject: languages[stage.subject ?? ''] ?? stage.subject })}</span>
            <span className={css['stageTrack']} aria-hidden="true"><i style={{ inlineSize: `${(stage.seconds / total) * 100}%` }} /></span>
            <span className="dim">{stage.seconds < 0.1 ? t('mine.running.moment') : duration(stage.seconds, true)}</span>
          </li>
        ))}
      </ol>
      <div className={css['chosen']}>
        <Facts wide facts={[
          [t('mine.facts.encoder'), shown.encoders.map((encoder) => encoder.id).join(' + ')],
          [t('mine.facts.index'), indexName(shown.index)],
          [t('mine.facts.provider'), t('mine.facts.threads', { provider: providerName(shown.provider), count: shown.threads })],
          [t('mine.plan.carried'), shown.earlier == null ? null : shown.earlier.carried ? t('mine.plan.carriedWords', { run: String(shown.earlier.run), sources: shown.earlier.newSources, targets: shown.earlier.newTargets }) : t('mine.plan.notCarried')],
          [t('mine.plan.repeatable'), shown.repeatable ? t('mine.plan.sameBytes') : t('mine.plan.mayDiffer')],
        ]} />
      </div>
      <ul className={css['reasons']}>{shown.reasons.map((reason) => <li key={`${reason.about}-${reason.text}`}><strong>{t(`mine.plan.about.${reason.about}`)}</strong> <bdi>{reason.text}</bdi></li>)}</ul>
      {shown.warnings.map((warning) => <p key={warning} className={css['warning']}><Icon of={TriangleAlert} size={13} /><span dir="auto">{warning}</span></p>)}
    </div>
  );
};

/** The value once it has not changed for a moment; the first one at once. */
const useSettled = (value: string | undefined): string | undefined => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (value === settled) return undefined;
    const timer = setTimeout(() => setSettled(value), settled === undefined ? 0 : rest);
    return () => clearTimeout(timer);
  }, [value, settled]);
  return settled;
};
