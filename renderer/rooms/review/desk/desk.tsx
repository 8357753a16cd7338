import type { PairOrigin, PairRow } from '../../../../main/contract/pairs.ts';
import type { Finding } from '../../../../main/contract/review-checks.ts';
import { t } from '../../../strings/catalogue.ts';
import { DeskEdge } from '../../../widgets/desk-edge.tsx';
import type { Annotators } from '../annotator.ts';
import { DecisionBar } from '../decide/decision-bar.tsx';
import { Judgements } from '../team/judgements.tsx';
import { History } from './history.tsx';
import { Side } from './side.tsx';
import { DeskSpine } from './spine.tsx';
import css from './desk.module.css';

type Props = { readonly origin: PairOrigin; readonly row: PairRow | undefined; readonly score: string | undefined; readonly findings: readonly Finding[]; readonly people: Annotators };

/** One pair lies open in the columns of the table, with its history, over the keys that decide. */
export const Desk = ({ origin, row, score, findings, people }: Props) => (
  <section className={css['desk']} aria-label={t('review.desk')}>
    <DeskEdge label={t('mine.desk.edge')} />
    <div className={css['open']}>
      {row === undefined ? <p className={css['nothing']}>{t('review.desk.choose')}</p> : (
        <>
          <span />
          <Side row={row} side="source" findings={findings} />
          <DeskSpine origin={origin} row={row} score={score} />
          <Side row={row} side="target" findings={findings} />
          <History origin={origin} row={row} me={people.me} />
        </>
      )}
    </div>
    {row === undefined ? null : <Judgements row={row} people={people} />}
    <DecisionBar row={row} people={people} />
  </section>
);
