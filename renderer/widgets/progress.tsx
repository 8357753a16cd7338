import { Check } from 'lucide-react';
import { Icon } from './icon.tsx';
import { rem } from './zoom.ts';
import css from './progress.module.css';

const width = (share: number): { readonly inlineSize: string } => ({ inlineSize: `${Math.min(1, Math.max(0, share)) * 100}%` });

/** One line of progress. Running is accent, done is ink, paused is hatched. */
export const Progress = ({ share, state, label }: { readonly share: number; readonly state: 'running' | 'paused' | 'done'; readonly label: string }) => (
  <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)} className={`${css['track']} ${state === 'running' ? '' : css[state]}`}><i style={width(share)} /></div>
);

export type RulerStage = {
  readonly key: string;
  readonly title: string;
  readonly state: 'waiting' | 'running' | 'halted' | 'done';
  /** Planned share of the whole time, 0..1: the width of its segment. */
  readonly share: number;
  readonly done: number;
  readonly details: readonly string[];
};

/** The planned time as a ruler: one segment a stage, as wide as its share (but never too narrow for its name). */
export const Ruler = ({ stages, label }: { readonly stages: readonly RulerStage[]; readonly label: string }) => (
  <ol className={css['ruler']} aria-label={label} style={{ gridTemplateColumns: stages.map((stage) => `minmax(0, ${Math.max(0.09, stage.share)}fr)`).join(' ') }}>
    {stages.map((stage) => (
      <li key={stage.key} className={`${css['segment']} ${css[stage.state]}`} aria-current={stage.state === 'running' ? 'step' : undefined}>
        <div className={css['bar']}><i style={width(stage.state === 'done' ? 1 : stage.done)} /></div>
        <div className={css['title']} title={stage.title}>{stage.state === 'done' ? <Icon of={Check} row /> : null}{stage.title}</div>
        {stage.details.map((detail, index) => <div key={index} className={css['detail']} title={detail}>{detail}</div>)}
      </li>
    ))}
  </ol>
);

/** A ring of 14 px for the bar: how much of the job is done. */
export const Ring = ({ share, halted = false }: { readonly share: number; readonly halted?: boolean }) => {
  const length = 2 * Math.PI * 5;
  return (
    <svg width={rem(14)} height={rem(14)} viewBox="0 0 14 14" aria-hidden="true">
      <circle cx="7" cy="7" r="5" fill="none" stroke="var(--line)" strokeWidth="3" />
      <circle cx="7" cy="7" r="5" fill="none" stroke={halted ? 'var(--ink-3)' : 'var(--accent)'} strokeWidth="3" strokeDasharray={`${length * Math.min(1, Math.max(0.02, share))} ${length}`} transform="rotate(-90 7 7)" />
    </svg>
  );
};
