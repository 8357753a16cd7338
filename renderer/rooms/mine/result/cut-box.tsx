import { useState } from 'react';
import type { GoldReport, Run } from '../../../../main/contract/mine.ts';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { count, decimal, margin, percent } from '../../../strings/numbers.ts';
import { Facts, type Fact } from '../../../widgets/facts.tsx';
import { Field } from '../../../widgets/field.tsx';
import { Segmented } from '../../../widgets/segmented.tsx';
import { giveUpCut, placeCut } from '../cut.ts';
import type { CutNow } from './cut-now.ts';
import css from './result.module.css';

type Props = { readonly run: Run; readonly all: number; readonly cut: CutNow; readonly gold: GoldReport | undefined };

/** The cut in figures: how many pairs it keeps, how it was placed, how good they are by estimate and by gold. */
export const CutBox = ({ run, all, cut, gold }: Props) => {
  const app = useApp();
  const estimated = run.threshold?.cut ?? null;
  const by = cut.moving ? 'set' : run.cutBy === 'auto' ? 'auto' : 'set';
  const choose = (how: 'auto' | 'set'): void => {
    if (how === 'auto') void placeCut(app, run, 'auto');
    else document.getElementById('mine-cut-value')?.querySelector('input')?.focus();
  };
  return (
    <div className={css['cutBox']}>
      <div>
        <div className={`figure ${cut.stale ? 'is-stale' : ''}`} role="status" aria-live="polite" aria-atomic="true">{count(cut.kept)}</div>
        <div className={`small ${cut.stale ? 'is-stale' : 'dim'}`}>{cut.at === null ? t('mine.cut.allShown') : t('mine.cut.keptOf', { all: count(all), share: percent(all === 0 ? 0 : cut.kept / all, 1) })}</div>
      </div>
      <div className={css['cutLine']}>
        <span className="small dim grow">{t('mine.cut')}</span>
        <Segmented label={t('mine.cut.how')} value={by} onChange={choose} options={[{ value: 'auto', label: t('mine.cut.auto'), disabled: estimated === null }, { value: 'set', label: t('mine.cut.set') }]} />
        <CutValue run={run} at={cut.at} />
      </div>
      {run.threshold !== null && estimated === null ? (
        <p className="small dim" style={{ lineHeight: 1.35 }} title={run.threshold.reason ?? undefined}>
          {run.kind === 'score-bitext' ? run.threshold.reason : <><strong>{t('mine.cut.noEvidence')}.</strong> {run.threshold.reason ?? ''} <span className="dimmer">{t('mine.cut.noEvidenceHint')}</span></>}
        </p>
      ) : null}
      <div className={cut.stale ? 'is-stale' : undefined}><Facts facts={figures(cut, gold)} /></div>
    </div>
  );
};

const figures = (cut: CutNow, gold: GoldReport | undefined): readonly Fact[] => [
  [t('mine.cut.precision'), cut.precision === null || cut.at === null ? null : t('mine.cut.estimate', { value: percent(cut.precision, 1), interval: intervalWords(((cut.high ?? cut.precision) - (cut.low ?? cut.precision)) * 50) })],
  [t('mine.cut.precisionGold'), cut.gold === undefined ? null : percent(cut.gold.precision, 1)],
  [t('mine.cut.recallGold'), cut.gold === undefined ? null : percent(cut.gold.recall, 1)],
  [t('mine.cut.f1Gold'), cut.gold === undefined || gold === undefined ? null : t('mine.cut.f1Of', { value: decimal(cut.gold.f1 * 100, 1), best: decimal(gold.bestF1 * 100, 1) })],
];

/** Half the width of an interval, in points; a wide one needs no decimals. */
const intervalWords = (points: number): string => decimal(points, points >= 9.95 ? 0 : 1);

/** The cut as a number to type. */
const CutValue = ({ run, at }: { readonly run: Run; readonly at: number | null }) => {
  const app = useApp();
  const [typed, setTyped] = useState<string>();
  const value = Number((typed ?? '').trim().replace('\u2212', '-').replace(',', '.'));
  const wrong = typed !== undefined && (typed.trim() === '' || !Number.isFinite(value));
  const place = (): void => {
    if (typed === undefined || wrong) return;
    setTyped(undefined);
    void placeCut(app, run, value);
  };
  return (
    <div id="mine-cut-value" className={css['cutValue']} onKeyDown={(event) => { if (event.key === 'Escape' && typed !== undefined) { event.stopPropagation(); setTyped(undefined); giveUpCut(); } }}>
      <Field label={t('mine.cut.value')} bare numeric value={typed ?? (at === null ? '' : margin(at))} onChange={setTyped} onEnter={place} onBlur={() => { if (wrong) setTyped(undefined); else place(); }} />
    </div>
  );
};
