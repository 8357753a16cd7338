import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Neighbour, Run, Why } from '../../../../main/contract/mine.ts';
import type { PairRow } from '../../../../main/contract/pairs.ts';
import { useApp, useQuery, type QueryState } from '../../../stores/hooks.tsx';
import { ActionKey } from '../../../actions/action-button.tsx';
import type { Action } from '../../../actions/action.ts';
import { t } from '../../../strings/catalogue.ts';
import { decimal, margin } from '../../../strings/numbers.ts';
import { directionOf, languageName } from '../../../text/languages.ts';
import { Text } from '../../../text/text.tsx';
import { TextButton } from '../../../widgets/button.tsx';
import { DeskEdge } from '../../../widgets/desk-edge.tsx';
import { MarginParts } from '../../../widgets/margin-parts.tsx';
import { Notice } from '../../../widgets/notice.tsx';
import { mineAction } from '../actions.ts';
import { placeCut } from '../cut.ts';
import { mineState, pairsGrid } from '../state.ts';
import { marginTaught } from './margin-taught.ts';
import { floorToThousandth, whyWords } from './why-words.ts';
import css from './result.module.css';

/** The parts of one pair's margin; asked for the pair that has the keyboard, the newest one only. */
export const useWhy = (run: Run, row: PairRow | undefined): QueryState<Why> => useQuery('mine.explain', row === undefined ? null : { run: run.id, pair: row.id }, { touches: ['project', 'runs'] });

type Props = { readonly run: Run; readonly row: PairRow | undefined; readonly why: QueryState<Why> };

/** One pair lies open in the columns of the table: each side with its nearest in the other language, the margin between them as the fraction it is. */
export const Desk = ({ run, row, why }: Props) => {
  const parts = why.data;
  const isOld = why.stale || parts?.pair !== row?.id;
  return (
    <section className={css['desk']} aria-label={t('mine.desk')}>
      <DeskEdge label={t('mine.desk.edge')} />
      {row === undefined ? <p className={css['nothing']}>{t('mine.desk.choose')}</p> : (
        <>
          <span />
          <Side of={row.source} language={run.source.language} other={run.target.language} neighbours={parts?.sourceNeighbours ?? []} mean={parts?.sourceMean} k={run.settings.k} isOld={isOld} side="source" />
          <Spine row={row} why={parts} isOld={isOld} />
          <Side of={row.target} language={run.target.language} other={run.source.language} neighbours={parts?.targetNeighbours ?? []} mean={parts?.targetMean} k={run.settings.k} isOld={isOld} side="target" />
          <div className={css['words']}>
            <div className={css['said']} tabIndex={0} role="region" aria-label={t('mine.desk.said')}>
              {why.failure === undefined ? null : <Notice failure={why.failure} />}
              {parts === undefined || isOld ? null : <Words run={run} why={parts} />}
            </div>
            <div className={css['actions']}>
              <DeskAction words={t('mine.desk.next')} action={mineAction('mine.next')} run={() => pairsGrid.getState().goTo(pairsGrid.getState().focus + 1)} />
              <DeskAction words={t('mine.desk.previous')} action={mineAction('mine.previous')} run={() => pairsGrid.getState().goTo(pairsGrid.getState().focus - 1)} />
              {parts === undefined || run.cut === null ? null : <CutHere run={run} why={parts} />}
            </div>
          </div>
        </>
      )}
    </section>
  );
};

const DeskAction = ({ words, action, run }: { readonly words: string; readonly action: Action; readonly run: () => void }) => <span className="line"><TextButton onPress={run}>{words}</TextButton><ActionKey action={action} /></span>;

const CutHere = ({ run, why }: { readonly run: Run; readonly why: Why }) => {
  const app = useApp();
  return <DeskAction words={t('mine.desk.cutHere')} action={mineAction('mine.cutHere')} run={() => void placeCut(app, run, floorToThousandth(why.margin))} />;
};

const Words = ({ run, why }: { readonly run: Run; readonly why: Why }) => {
  const moving = useStore(mineState, (state) => state.moving);
  const words = whyWords(why, run.cut, { source: languageName(run.source.language), target: languageName(run.target.language) });
  return (
    <>
      <h2>{t(words.heading)}</h2>
      <p>{words.reasons.join(' ')}</p>
      {words.atCut === undefined ? null : <p className={moving === undefined ? undefined : 'is-stale'}>{words.atCut}</p>}
    </>
  );
};

/** What a margin is, in one line above the desk until it was closed once. */
export const Teaching = () => {
  const taught = useSyncExternalStore(marginTaught.subscribe, marginTaught.read);
  if (taught) return null;
  return (
    <p className={css['teach']}>
      <strong className="nowrap">{t('mine.desk.teachHeading')}</strong><span className="grow">{t('mine.desk.teach')}</span><TextButton onPress={() => marginTaught.write(true)}>{t('mine.desk.teachClose')}</TextButton>
    </p>
  );
};

type SideProps = {
  readonly of: PairRow['source']; readonly language: string; readonly other: string; readonly neighbours: readonly Neighbour[];
  readonly mean: number | undefined; readonly k: number; readonly isOld: boolean; readonly side: 'source' | 'target';
};

const Side = ({ of, language, other, neighbours, mean, k, isOld, side }: SideProps) => {
  const rows = Array.from({ length: Math.max(Math.min(k, 12), neighbours.length) }, (_, index) => neighbours[index]);
  return (
    <div className={css['side']} tabIndex={0} role="region" aria-label={`${languageName(language)} ${t('mine.desk.nearest', { language: languageName(other) })}`}>
      <div className={`${css['caption']} ${directionOf(language) === 'rtl' ? css['fromEnd'] : ''}`}><span className={`${css['mark']} ${side === 'target' ? css['target'] : ''}`} /><b>{languageName(language)}</b><span className="dimmer">{t('mine.desk.nearest', { language: languageName(other) })}</span></div>
      <Text language={language} read className={css['reading'] ?? ''} title={of.text}>{of.text}</Text>
      <ol className={`${css['neighbours']} ${isOld ? 'is-stale' : ''}`} aria-busy={isOld}>
        {rows.map((each, index) => (
          <li key={index} className={each?.thisPair === true ? css['this'] : undefined}>
            <span className={css['rank']}>{index + 1}</span>
            <Text language={other} title={each?.text ?? ''}>{each?.text ?? ''}</Text>
            <span className={css['cosine']}>{each === undefined ? '' : decimal(each.cosine)}</span>
          </li>
        ))}
        <li className={css['mean']}><span /><span>{t('mine.desk.mean', { count: neighbours.length || k })}</span><span className={css['cosine']}>{mean === undefined ? '' : decimal(mean)}</span></li>
      </ol>
    </div>
  );
};

const Spine = ({ row, why, isOld }: { readonly row: PairRow; readonly why: Why | undefined; readonly isOld: boolean }) => {
  const value = row.values['margin'];
  return (
    <div className={`${css['spine']} ${isOld ? 'is-stale' : ''}`}>
      <div className={css['spineFigure']}>{typeof value === 'number' ? margin(value) : ''}</div>
      <div className="micro dim">{t('mine.desk.margin')}</div>
      {why === undefined ? null : <MarginParts why={why} />}
    </div>
  );
};
