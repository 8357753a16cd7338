import { Flag, MessageSquare, Pencil, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components';
import type { Decision, Flag as FlagName, PairOrigin, Predicate } from '../../../../main/contract/pairs.ts';
import type { Output } from '../../../link/link.ts';
import { useAsker } from '../../../stores/annotator.ts';
import { useApp, useQuery, type QueryState } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { count } from '../../../strings/numbers.ts';
import { Panel } from '../../../widgets/facts.tsx';
import { Icon } from '../../../widgets/icon.tsx';
import { TextButton } from '../../../widgets/button.tsx';
import { checkName, columnName } from '../filters/chip-words.ts';
import { hasChip, predicateWithin, replaceChips, same, toggleChip, type Filter } from '../filters/filter.ts';
import { goFilter } from '../filters/going.ts';
import { runChecks } from '../desk/ignoring.ts';
import { decisionGlyphs } from '../glyphs.ts';
import { ScoreFacet } from './score-facet.tsx';
import css from './facets.module.css';

type Facets = Output<'pairs.facets'>;

type Props = {
  readonly origin: PairOrigin; /** The queue on the screen: only its pairs are counted. */ readonly within: Predicate | undefined; readonly filter: Filter; readonly facets: QueryState<Facets>;
  readonly scores: readonly string[]; readonly score: string | undefined; readonly cut: number | null;
};

/** How many pairs carry each value, for the pairs on the screen; pressing one puts a filter on or takes it away. */
export const FacetPanels = ({ origin, within, filter, facets, scores, score, cut }: Props) => (
  <>
    <DecisionFacet origin={origin} within={within} filter={filter} facets={facets} />
    {score === undefined ? null : <ScoreFacet origin={origin} within={within} filter={filter} scores={scores} first={score} cut={cut} />}
    <ChecksFacet origin={origin} filter={filter} facets={facets} />
    <LabelFacets filter={filter} facets={facets} />
    <FileFacet filter={filter} facets={facets} />
  </>
);

/**
 * Counts of a group of values, without that group's own chips: the other values stay worth choosing. Without such a chip the shared answer is the one.
 */
const useOwnCounts = (origin: PairOrigin, within: Predicate | undefined, filter: Filter, shared: QueryState<Facets>, isOwn: (chip: Predicate) => boolean): { readonly data: Facets | undefined; readonly stale: boolean } => {
  const has = filter.of.some(isOwn);
  const asker = useAsker();
  const own = useQuery('pairs.facets', has ? { origin, predicate: predicateWithin(within, replaceChips(filter, isOwn, undefined)), by: null, ...asker } : null, { touches: ['pairs', 'project'] });
  return has ? own : shared;
};

const isDecision = (chip: Predicate): boolean => chip.kind === 'decision' && chip.by === null;

const DecisionFacet = ({ origin, within, filter, facets }: Pick<Props, 'origin' | 'within' | 'filter' | 'facets'>) => {
  const app = useApp();
  const { data, stale } = useOwnCounts(origin, within, filter, facets, isDecision);
  const chip = (value: Decision): Predicate => ({ kind: 'decision', by: null, value });
  const choose = (value: Decision): void => goFilter(app, hasChip(filter, chip(value)) ? replaceChips(filter, isDecision, undefined) : replaceChips(filter, isDecision, chip(value)));
  const shared = facets.data;
  return (
    <Panel heading={t('review.facet.decision')}>
      <List stale={stale || facets.stale}>
        {(['none', 'accept', 'reject', 'unsure', 'conflict'] as const).map((value) => {
          const number = data?.decisions[value];
          const glyph = decisionGlyphs[value];
          if (value === 'conflict' && (number ?? 0) === 0 && !hasChip(filter, chip(value))) return null;
          return <Line key={value} icon={glyph.icon} tone={glyph.tone} words={t(`review.decision.${value}`)} number={number} on={hasChip(filter, chip(value))} onChange={() => choose(value)} />;
        })}
        {(['flagged', 'personal-data', 'offensive'] as const).map((flag) => <FlagLine key={flag} flag={flag} filter={filter} number={shared?.flags[flag]} />)}
        {(['edited', 'commented'] as const).map((mark) => {
          const one: Predicate = { kind: 'mark', mark, value: true };
          const number = shared?.[mark];
          return (number ?? 0) === 0 && !hasChip(filter, one) ? null : <Line key={mark} icon={mark === 'edited' ? Pencil : MessageSquare} words={t(`review.mark.${mark}`)} number={number} on={hasChip(filter, one)} onChange={() => goFilter(app, toggleChip(filter, one))} />;
        })}
      </List>
    </Panel>
  );
};

const FlagLine = ({ flag, filter, number }: { readonly flag: FlagName; readonly filter: Filter; readonly number: number | undefined }) => {
  const app = useApp();
  const one: Predicate = { kind: 'flag', flag, value: true };
  if (flag !== 'flagged' && (number ?? 0) === 0 && !hasChip(filter, one)) return null;
  return <Line icon={Flag} tone="is-flag" words={t(`review.flag.${flag}`)} number={number} on={hasChip(filter, one)} onChange={() => goFilter(app, toggleChip(filter, one))} />;
};

const ChecksFacet = ({ origin, filter, facets }: Pick<Props, 'origin' | 'filter' | 'facets'>) => {
  const app = useApp();
  const unchecked = useQuery('review.uncheckedPairs', { origin }, { touches: ['pairs'] }).data?.pairs ?? 0;
  const checks = facets.data?.checks ?? [];
  const found = checks.filter((each) => each.open > 0);
  const ignored = checks.reduce((sum, each) => sum + each.ignored, 0);
  const one = (check: string, state: 'open' | 'ignored' = 'open'): Predicate => ({ kind: 'check', check, state });
  if (checks.length === 0) return null;
  return (
    <Panel heading={t('review.facet.checks')} aside={<TextButton label={t('review.action.runChecks')} onPress={() => void runChecks(app)}>{t('review.facet.run')}</TextButton>}>
      {unchecked === 0 ? null : <p className="small is-warn" role="status">{t('review.facet.unchecked', { count: unchecked })}</p>}
      <List stale={facets.stale || unchecked > 0}>
        {found.length === 0 ? <li className="small dim">{t('review.facet.noFindings')}</li> : null}
        {found.map((each) => <Line key={each.check} icon={TriangleAlert} tone="is-warn" words={checkName(each.check)} number={each.open} on={hasChip(filter, one(each.check))} onChange={() => goFilter(app, toggleChip(filter, one(each.check)))} />)}
        <Line words={t('review.facet.anyIgnored')} number={ignored} on={hasChip(filter, one('any', 'ignored'))} onChange={() => goFilter(app, toggleChip(filter, one('any', 'ignored')))} />
      </List>
    </Panel>
  );
};

const shownAtFirst = 6;

const FileFacet = ({ filter, facets }: Pick<Props, 'filter' | 'facets'>) => {
  const app = useApp();
  const [all, setAll] = useState(false);
  const files = facets.data?.files ?? [];
  if (files.length === 0) return null;
  const sides = new Set(files.map((file) => file.side)).size;
  return (
    <Panel heading={t('review.facet.origin')}>
      <List stale={facets.stale}>
        {(all ? files : files.slice(0, shownAtFirst)).map(({ side, name, count: number }) => {
          const one: Predicate = { kind: 'file', side, name };
          return <Line key={`${side}-${name}`} mark={sides > 1 ? side : undefined} words={<bdi title={name}>{name.split(/[\\/]/u).at(-1) ?? name}</bdi>} number={number} on={hasChip(filter, one)} onChange={() => goFilter(app, toggleChip(filter, one))} />;
        })}
      </List>
      {files.length > shownAtFirst ? <TextButton onPress={() => setAll(!all)}>{all ? t('review.facet.fewer') : t('review.facet.more', { count: files.length - shownAtFirst })}</TextButton> : null}
    </Panel>
  );
};

const LabelFacets = ({ filter, facets }: Pick<Props, 'filter' | 'facets'>) => {
  const app = useApp();
  const labels = facets.data?.labels ?? [];
  return [...new Set(labels.map((each) => each.column))].map((column) => (
    <Panel key={column} heading={columnName(column)}>
      <List stale={facets.stale}>
        {labels.filter((each) => each.column === column).slice(0, 8).map(({ value, count: number }) => {
          const one: Predicate = { kind: 'label', column, value };
          return <Line key={value} words={<bdi>{value === '' ? t('review.chip.noLabel') : value}</bdi>} number={number} on={filter.of.some((each) => same(each, one))} onChange={() => goFilter(app, toggleChip(filter, one))} />;
        })}
      </List>
    </Panel>
  ));
};

const List = ({ stale, children }: { readonly stale: boolean; readonly children: ReactNode }) => <ul className={`${css['list']} ${stale ? css['stale'] : ''}`} aria-busy={stale}>{children}</ul>;

type LineProps = { readonly icon?: LucideIcon | undefined; readonly tone?: string | undefined; readonly mark?: 'source' | 'target' | undefined; readonly words: ReactNode; readonly number: number | undefined; readonly on: boolean; readonly onChange: () => void };

const Line = ({ icon, tone, mark, words, number, on, onChange }: LineProps) => (
  <li>
    <ToggleButton isSelected={on} onChange={onChange} className={css['line'] ?? ''}>
      <span className={tone}>{icon === undefined ? (mark === undefined ? null : <i className={`${css['side']} ${mark === 'target' ? css['target'] : ''}`} />) : <Icon of={icon} size={13} />}</span>
      <span className="ellipsis">{words}</span>
      <span className={css['number']}>{number === undefined ? '' : count(number)}</span>
    </ToggleButton>
  </li>
);
