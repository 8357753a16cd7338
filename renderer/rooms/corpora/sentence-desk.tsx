import type { Collection, SentenceRow } from '../../../main/contract/corpora.ts';
import { useQuery } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import { Text } from '../../text/text.tsx';
import { Facts } from '../../widgets/facts.tsx';
import { placeOf } from './place-of.ts';
import css from './sentence-desk.module.css';

/** Places shown at once; a formula that stands ten thousand times needs no longer list. */
const shownPlaces = 100;

/** One sentence lies open: its words to read, its id, and every place where it stood before identical ones were merged. */
export const SentenceDesk = ({ collection, row }: { readonly collection: Collection; readonly row: SentenceRow }) => {
  const places = useQuery('corpora.occurrences', row.count > 1 ? { collection: collection.id, ordinal: row.ordinal, from: 0, count: shownPlaces } : null, { touches: ['collections'] });
  return (
    <section className={css['desk']} aria-label={t('corpora.desk')}>
      <div className={css['text']}><Text language={collection.language} read>{row.text}</Text></div>
      <div className={css['facts']}>
        <Facts facts={[[t('corpora.id'), <bdi key="id" className="mono">{row.id}</bdi>], [t('corpora.place'), <bdi key="place">{placeOf(row.file, row.line)}</bdi>], [t('corpora.copies'), row.count > 1 ? String(row.count) : t('corpora.onlyOnce')]]} />
        {places.data === undefined ? null : (
          <ul className={css['places']} tabIndex={0} aria-label={t('corpora.places')}>
            {places.data.rows.map((place) => <li key={`${place.file}-${place.line}`}><bdi>{placeOf(place.file, place.line)}</bdi></li>)}
            {places.data.total > places.data.rows.length ? <li className="dimmer">{t('corpora.morePlaces', { count: places.data.total - places.data.rows.length })}</li> : null}
          </ul>
        )}
      </div>
    </section>
  );
};
