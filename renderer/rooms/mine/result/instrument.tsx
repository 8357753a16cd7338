import { memo, useMemo } from 'react';
import type { GoldReport, Run } from '../../../../main/contract/mine.ts';
import { CutHandle } from '../../../charts/cut-handle.tsx';
import { Histogram, type MarkedLine } from '../../../charts/histogram.tsx';
import { useShortWindow } from '../../../widgets/use-short-window.ts';
import { rem } from '../../../widgets/zoom.ts';
import { useApp, useQuery } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { count, margin } from '../../../strings/numbers.ts';
import { useLocale } from '../../../strings/use-locale.ts';
import { giveUpCut, moveCut, placeCut } from '../cut.ts';
import { CutBox } from './cut-box.tsx';
import type { CutNow } from './cut-now.ts';
import css from './result.module.css';

type Props = { readonly run: Run; readonly all: number; readonly cut: CutNow; readonly gold: GoldReport | undefined };

export const cutHandleId = 'mine-cut-handle';

/** As many bars as the number of pairs bears: a bar of three pairs says nothing. */
export const binsFor = (pairs: number): number => Math.round(Math.min(120, Math.max(24, pairs / 6)));

/** The histogram of margins with the cut, and the cut in figures. Drawn again only when one of them changes, not when rows come. */
export const Instrument = memo(({ run, all, cut, gold }: Props) => {
  useLocale();
  const app = useApp();
  const height = useShortWindow() ? 164 : 200;
  const bins = useQuery('pairs.histogram', all === 0 ? null : { origin: { run: run.id }, column: 'margin', bins: binsFor(all), minimum: null, maximum: null, predicate: null }, { touches: ['project'] }).data;
  const curve = useMemo(() => (run.threshold?.curve ?? []).map((point) => ({ at: point.margin, value: point.precision, low: point.low, high: point.high })), [run.threshold]);
  const low = bins?.edges[0] ?? 0;
  const high = bins?.edges.at(-1) ?? 1;
  const handleAt = cut.at ?? high;
  const says = cut.at === null ? t('mine.chart.saysNoCut', { all, low: margin(low), high: margin(high) }) : t('mine.chart.says', { all, kept: count(cut.kept), cut: margin(cut.at) });
  return (
    <section className={css['instrument']} aria-label={t('mine.chart.label')}>
      <div className={css['chart']}>
        {bins === undefined || bins.edges.length < 2 ? <div style={{ blockSize: rem(height) }} /> : (
          <Histogram bins={bins} height={height} says={says} caption={t('mine.chart.caption')} cut={cut.at ?? undefined} cutWords={cut.at === null ? '' : t('mine.cut.words', { at: margin(cut.at) })}
            lines={otherCuts(run, cut, gold)} curve={curve.filter((point) => point.at >= low && point.at <= high)} curveWords={t('mine.chart.curve')}>
            {(scale) => (
              <div id={cutHandleId} style={{ display: 'contents' }}>
                <CutHandle scale={scale} value={handleAt} label={t('mine.chart.label')}
                  words={cut.at === null ? t('mine.cut.none') : t('mine.cut.says', { at: margin(cut.at), kept: count(cut.kept), dropped: count(cut.dropped) })}
                  onMove={(value, by) => moveCut(app, run, value, by)} onPlace={(value) => void placeCut(app, run, value)} onGiveUp={giveUpCut} />
              </div>
            )}
          </Histogram>
        )}
      </div>
      <CutBox run={run} all={all} cut={cut} gold={gold} />
    </section>
  );
});
Instrument.displayName = 'Instrument';

/** Cuts one may want to compare with: best on the gold list, the automatic one when another is in force, the upper bound. */
const otherCuts = (run: Run, cut: CutNow, gold: GoldReport | undefined): readonly MarkedLine[] => {
  const auto = run.threshold?.cut ?? null;
  const lines: MarkedLine[] = [];
  if (gold !== undefined && gold.bestCut !== null) lines.push({ at: gold.bestCut, words: t('mine.chart.gold', { at: margin(gold.bestCut) }) });
  if (auto !== null && (cut.at === null || Math.abs(auto - cut.at) >= 5e-4)) lines.push({ at: auto, words: t('mine.chart.auto', { at: margin(auto) }) });
  if (run.settings.upperBound !== null) lines.push({ at: run.settings.upperBound, words: t('mine.chart.bound', { at: margin(run.settings.upperBound) }) });
  return lines;
};
