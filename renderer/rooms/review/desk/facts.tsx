import { Check, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { Finding } from '../../../../main/contract/review-checks.ts';
import { graphemes } from '../../../../main/domain/text/segments.ts';
import type { Output } from '../../../link/link.ts';
import { useApp, type QueryState } from '../../../stores/hooks.tsx';
import { ActionKey } from '../../../actions/action-button.tsx';
import { t } from '../../../strings/catalogue.ts';
import { count } from '../../../strings/numbers.ts';
import { directionOf } from '../../../text/languages.ts';
import { TextButton } from '../../../widgets/button.tsx';
import { Facts, type Fact } from '../../../widgets/facts.tsx';
import { Icon } from '../../../widgets/icon.tsx';
import { reviewAction } from '../actions.ts';
import { columnName } from '../filters/chip-words.ts';
import { valueOf, valueWords } from '../rows/columns.tsx';
import { ignore } from './ignoring.ts';
import css from './desk.module.css';

type Props = { readonly row: PairRow | undefined; readonly findings: QueryState<Output<'review.check'>> };

/** The facts of the open pair, and what its checks found. */
export const PairFacts = ({ row, findings }: Props) => {
  if (row === undefined) return null;
  return (
    <div className={css['facts']} tabIndex={0} role="region" aria-label={t('review.facts')}>
      <h2>{t('review.facts.pair', { pair: count(row.id), source: row.source.language, target: row.target.language })}</h2>
      <Facts facts={factsOf(row)} />
      <Findings row={row} findings={findings} />
    </div>
  );
};

const hidden = ['forwardRank', 'backwardRank'];

const factsOf = (row: PairRow): readonly Fact[] => {
  const { source, target, values } = row;
  const [forward, backward] = [values['forwardRank'], values['backwardRank']];
  const place = (side: PairRow['source']): string => t('mine.facts.line', { file: side.file.split(/[\\/]/u).at(-1) ?? side.file, line: count(side.line) });
  const rightToLeft = directionOf(source.language) === 'rtl' || directionOf(target.language) === 'rtl';
  return [
    ...Object.keys(values).filter((name) => !hidden.includes(name)).map((name): Fact => [columnName(name), <bdi key={name}>{valueWords(valueOf(row, name))}</bdi>]),
    [t('mine.facts.rank'), typeof forward === 'number' && typeof backward === 'number' ? t('review.facts.ranks', { forward: rank(forward), backward: rank(backward) }) : null],
    [t('review.facts.length'), t('review.facts.characters', { source: graphemes(source.text).length, target: graphemes(target.text).length })],
    [t('review.facts.source'), <bdi key="source" title={source.file}>{place(source)}</bdi>],
    [t('review.facts.target'), <bdi key="target" title={target.file}>{place(target)}</bdi>],
    [t('review.facts.direction'), rightToLeft ? t('review.facts.directions', { source: t(`review.direction.${directionOf(source.language)}`), target: t(`review.direction.${directionOf(target.language)}`) }) : null],
    [t('review.facts.copies'), source.count > 1 || target.count > 1 ? t('review.facts.copiesOf', { source: source.count, target: target.count }) : null],
    [t('review.facts.dropped'), row.kept === false && row.dropReason !== null ? t(row.dropReason === 'rejected' ? 'review.drop.rejected' : 'review.drop.cut') : null],
    [t('review.facts.split'), row.review.splitFrom === null ? null : count(row.review.splitFrom)],
  ];
};

const rank = (value: number): string => (value > 0 ? String(value) : '–');

const Findings = ({ row, findings: { data, stale } }: Required<Props> & { readonly row: PairRow }) => {
  const [open, ignored] = useMemo(() => [(data ?? []).filter((each) => each.ignored === null), (data ?? []).filter((each) => each.ignored !== null)], [data]);
  if (data === undefined) return null;
  return (
    <section className={stale ? 'is-stale' : undefined}>
      <h2>{t('review.facet.checks')}</h2>
      {open.length === 0 ? <p className={css['finding']}><span className="is-accept"><Icon of={Check} size={13} /></span><span>{t('review.noFindings')}</span></p> : null}
      {open.map((finding, index) => <OneFinding key={`${finding.check}-${index}`} finding={finding} pair={row.id} first={index === 0} />)}
      {ignored.map((finding, index) => <OneFinding key={`ignored-${finding.check}-${index}`} finding={finding} pair={row.id} first={false} />)}
    </section>
  );
};

const OneFinding = ({ finding, pair, first }: { readonly finding: Finding; readonly pair: number; readonly first: boolean }) => {
  const app = useApp();
  const { check, ignored } = finding;
  return (
    <div className={css['finding']}>
      <span className={ignored !== null ? 'dimmer' : finding.severity === 'error' ? 'is-reject' : 'is-warn'} title={t(`review.severity.${finding.severity}`)}><Icon of={TriangleAlert} size={13} /><span className="only-read-aloud">{t(`review.severity.${finding.severity}`)}</span></span>
      <div>
        <span className={ignored === null ? undefined : 'dimmer'}>{finding.text}</span>
        <div className={css['ignore']}>
          {ignored !== null ? <><span className="dimmer">{t(`review.ignored.${ignored}`)}</span><TextButton onPress={() => void ignore(app, pair, check, ignored, false)}>{t('review.unignore')}</TextButton></> : (
            <>
              <TextButton onPress={() => void ignore(app, pair, check, 'once', true)}>{t('review.ignore')}</TextButton>{first ? <ActionKey action={reviewAction('review.ignoreOnce')} /> : null}
              <TextButton label={t('review.ignoreHere')} onPress={() => void ignore(app, pair, check, 'here', true)}>{t('review.here')}</TextButton>
              <TextButton label={t('review.ignoreAlways')} onPress={() => void ignore(app, pair, check, 'always', true)}>{t('review.always')}</TextButton>
            </>
          )}
        </div>
      </div>
    </div>
  );
};
