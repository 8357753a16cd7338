import type { PairRow } from '../../../../main/contract/pairs.ts';
import { useAddress, useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { clock, day } from '../../../strings/times.ts';
import { Icon } from '../../../widgets/icon.tsx';
import type { Annotators } from '../annotator.ts';
import { decisionGlyphs } from '../glyphs.ts';
import { isAdjudicating, judgementsOf } from './adjudicating.ts';
import css from './team.module.css';

/** In the view of conflicts: what each annotator said, side by side, over the keys that decide between them. */
export const Judgements = ({ row, people }: { readonly row: PairRow; readonly people: Annotators }) => {
  const app = useApp();
  useAddress();
  if (!isAdjudicating(app)) return null;
  return (
    <section className={css['judgements']} aria-label={t('team.judgements')}>
      <span className="small dim">{t(row.review.decision === 'conflict' ? 'team.decideBetween' : 'team.decided')}</span>
      <ul>{judgementsOf(row).map(({ annotator, decision, label, reason, at }) => {
        const glyph = decisionGlyphs[decision];
        return (
          <li key={annotator}>
            <bdi className="strong">{people.all.find((each) => each.id === annotator)?.name ?? String(annotator)}</bdi>
            <span className={`line ${glyph.tone}`}>{glyph.icon === undefined ? null : <Icon of={glyph.icon} row />}{t(`review.decision.${decision}`)}</span>
            {label === null ? null : <bdi className="dim">{label}</bdi>}
            {reason === null ? null : <bdi className="dim">{reason}</bdi>}
            <time className="dimmer" dateTime={new Date(at).toISOString()}>{t('review.history.at', { day: day(at, app.now()), time: clock(at) })}</time>
          </li>
        );
      })}</ul>
    </section>
  );
};
