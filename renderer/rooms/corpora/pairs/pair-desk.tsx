import type { Collection } from '../../../../main/contract/corpora.ts';
import type { PairRow } from '../../../../main/contract/pairs.ts';
import { t } from '../../../strings/catalogue.ts';
import { Text } from '../../../text/text.tsx';
import { DeskEdge } from '../../../widgets/desk-edge.tsx';
import { Facts } from '../../../widgets/facts.tsx';
import { placeOf } from '../place-of.ts';
import { valueWords } from './columns.tsx';
import css from './pair-desk.module.css';

/** One pair lies open under its columns: both texts to read, every imported value, and where it stood. */
export const PairDesk = ({ collection, row, spine }: { readonly collection: Collection; readonly row: PairRow; readonly spine: string | undefined }) => (
  <section className={css['desk']} aria-label={t('corpora.pairDesk')}>
    <DeskEdge label={t('mine.desk.edge')} />
    <span />
    <div className={css['text']} tabIndex={0} role="region" aria-label={t('import.role.source')}><Text language={row.source.language} read>{row.source.text}</Text></div>
    <div className={css['spine']}>{spine === undefined ? null : <><span className={css['figure']}>{valueWords(row.values[spine])}</span><bdi className="micro dim ellipsis">{spine}</bdi></>}</div>
    <div className={css['text']} tabIndex={0} role="region" aria-label={t('import.role.target')}><Text language={row.target.language} read>{row.target.text}</Text></div>
    <div className={css['facts']} tabIndex={0} role="region" aria-label={t('corpora.pairFacts')}>
      <Facts facts={[
        ...collection.columns.map(({ name }) => [name, <bdi key={name}>{valueWords(row.values[name])}</bdi>] as const),
        [t('corpora.place'), <bdi key="place" title={row.source.file}>{placeOf(row.source.file, row.source.line)}</bdi>],
        [t('corpora.id'), <bdi key="id" className="mono">{row.source.id === row.target.id ? row.source.id : `${row.source.id} ${row.target.id}`}</bdi>],
        [t('corpora.copies'), row.source.count > 1 ? String(row.source.count) : null],
      ]} />
    </div>
  </section>
);
