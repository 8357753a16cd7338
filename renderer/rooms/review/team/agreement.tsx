import type { Decision, PairOrigin } from '../../../../main/contract/pairs.ts';
import type { Agreement as AgreementData, AgreementValue, Annotator } from '../../../../main/contract/review-team.ts';
import { useAvailability } from '../../../actions/action-button.tsx';
import { useAsker } from '../../../stores/annotator.ts';
import { useApp, useQuery } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { count, decimal, percent } from '../../../strings/numbers.ts';
import { Button, TextButton } from '../../../widgets/button.tsx';
import { Notice } from '../../../widgets/notice.tsx';
import { reviewAction } from '../actions.ts';
import { goConflicts } from './adjudicating.ts';
import css from './team.module.css';

type Props = { readonly origin: PairOrigin; readonly people: readonly Annotator[]; readonly onClose: () => void };

const seed = 7;

/** How far those who judged the same pairs agree: shares, coefficients with their intervals, and who said what. */
export const Agreement = ({ origin, people, onClose }: Props) => {
  const app = useApp();
  const ordered = useQuery('review.schemes', {}, { touches: ['project'] }).data?.find((scheme) => scheme.ordered)?.id ?? null;
  const { data, stale, failure } = useQuery('review.agreement', { origin, scheme: ordered, seed, ...useAsker() }, { touches: ['pairs', 'project'] });
  const conflicts = useQuery('pairs.facets', { origin, predicate: null, by: null, ...useAsker() }, { touches: ['pairs', 'project'] }).data?.decisions.conflict;
  const endBlind = reviewAction('review.endBlind');
  const canEnd = useAvailability(endBlind) === 'yes';
  const name = (id: number): string => people.find((each) => each.id === id)?.name ?? String(id);
  if (failure !== undefined) return <Notice failure={failure} />;
  if (data === undefined) return <p className="small dim" role="status">{t('review.counting')}</p>;
  return (
    <div className={`${css['part']} ${stale ? 'is-stale' : ''}`} aria-busy={stale}>
      <div className={css['figures']}>
        <div><div className="figure">{count(data.pairs)}</div><div className="small dim">{t('team.doublyJudged', { count: data.pairs })}</div></div>
        <div><div className="figure">{conflicts === undefined ? '–' : count(conflicts)}</div><div className="small dim">{t('team.conflicts', { count: conflicts ?? 0 })}</div>
          <Button small disabled={conflicts === undefined || conflicts === 0} onPress={() => { onClose(); goConflicts(app); }}>{t('team.adjudicate')}</Button></div>
      </div>
      {data.withheld === 0 ? null : <p className="small dim">{t('team.withheld', { pairs: count(data.withheld) })}{canEnd ? <> <TextButton onPress={() => { onClose(); void endBlind.run(app); }}>{t(endBlind.label)}</TextButton></> : null}</p>}
      <dl className={css['values']}>
        <Value words={t('team.percent')} value={data.percent} isShare />
        <Value words={t('team.cohen')} value={data.cohen} />
        <Value words={t('team.krippendorff')} value={data.krippendorff} />
        {data.ordinal === null ? null : <Value words={t('team.ordinal')} value={data.ordinal} />}
      </dl>
      {data.of.length < 2 ? null : (
        <table className={css['table']}>
          <thead><tr><th>{t('team.two')}</th><th>{t('team.pairs')}</th><th>{t('team.percent')}</th><th>{t('team.cohen')}</th></tr></thead>
          <tbody>{data.of.map((each) => (
            <tr key={`${each.first}-${each.second}`}><th scope="row"><bdi>{name(each.first)}</bdi>, <bdi>{name(each.second)}</bdi></th><td>{count(each.pairs)}</td><td>{valueWords(each.percent, true)}</td><td>{valueWords(each.cohen, false)}</td></tr>
          ))}</tbody>
        </table>
      )}
      <Matrix matrix={data.matrix} />
      <p className="small dimmer">{t('team.interval', { seed: String(data.seed) })}</p>
    </div>
  );
};

const Value = ({ words, value, isShare = false }: { readonly words: string; readonly value: AgreementValue; readonly isShare?: boolean }) => (
  <div><dt>{words}</dt><dd>{typeof value === 'string' ? <span className="dim">{t(`team.${value}`)}</span> : <><b>{valueWords(value, isShare)}</b> <span className="dim">{t('team.between', { low: show(value.low, isShare), high: show(value.high, isShare) })}</span></>}</dd></div>
);

const show = (value: number, isShare: boolean): string => (isShare ? percent(value) : decimal(value, 2));
const valueWords = (value: AgreementValue, isShare: boolean): string => (typeof value === 'string' ? t(`team.${value}.short`) : show(value.value, isShare));

const order = ['accept', 'reject', 'unsure', 'none', 'conflict'] as const satisfies readonly Decision[];

/** What one said against what the other said; the darker, the more often. */
const Matrix = ({ matrix }: { readonly matrix: AgreementData['matrix'] }) => {
  const used = order.filter((decision) => matrix.some((cell) => cell.count > 0 && (cell.first === decision || cell.second === decision)));
  if (used.length === 0) return null;
  const most = Math.max(...matrix.map((cell) => cell.count));
  return (
    <table className={`${css['table']} ${css['matrix']}`}>
      <caption>{t('team.matrix')}</caption>
      <thead><tr><td />{used.map((second) => <th key={second} scope="col">{t(`review.decision.${second}`)}</th>)}</tr></thead>
      <tbody>{used.map((first) => (
        <tr key={first}><th scope="row">{t(`review.decision.${first}`)}</th>{used.map((second) => {
          const number = matrix.find((cell) => cell.first === first && cell.second === second)?.count ?? 0;
          return <td key={second} data-heat={number === 0 ? 0 : Math.ceil((number / most) * 3)} data-same={first === second ? '' : undefined}>{count(number)}</td>;
        })}</tr>
      ))}</tbody>
    </table>
  );
};
