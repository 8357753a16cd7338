import { formatAddress } from '../../../stores/address.ts';
import { useApp, useSlice } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { languageName } from '../../../text/languages.ts';
import { Button } from '../../../widgets/button.tsx';
import { Empty } from '../../../widgets/notice.tsx';
import { addressOf, wholeOf, wholeQueue, type Place } from '../place.ts';
import { originName, useOrigins, useQueues } from './origins.ts';
import css from './queues.module.css';

/** Nothing is open: queues that wait, and all that pairs could be reviewed of. */
export const Start = ({ annotator }: { readonly annotator: number | undefined }) => {
  const app = useApp();
  const known = useSlice('collections', (slice) => slice.value !== undefined);
  const origins = useOrigins();
  const queues = useQueues(annotator).data ?? [];
  if (!known) return <div aria-busy="true" />;
  if (origins.length === 0) {
    return (
      <Empty heading={t('review.nothingHeading')}>
        <p>{t('review.nothingWords')}</p>
        <div className="line"><Button onPress={() => app.go({ room: 'mine', path: [] })}>{t('action.mine')}</Button><Button onPress={() => app.go({ room: 'corpora', path: [] })}>{t('action.corpora')}</Button></div>
      </Empty>
    );
  }
  return (
    <div className={css['start']}>
      <h2>{t('review.startHeading')}</h2>
      {queues.length === 0 ? null : (
        <section>
          <h3>{t('review.queues')}</h3>
          <ul className={css['list']}>{queues.toSorted((a, b) => b.id - a.id).map((queue) => (
            <Entry key={queue.id} place={wholeQueue(queue.id)} name={queue.name} note={originName(origins, queue.origin)} figure={t('review.openOf', { open: queue.pairs - queue.judged, count: queue.pairs })} />
          ))}</ul>
        </section>
      )}
      <section>
        <h3>{t('review.allPairs')}</h3>
        <ul className={css['list']}>{origins.map((each) => (
          <Entry key={each.key} place={wholeOf(each.origin)} name={each.name} note={t('review.languages', { source: languageName(each.languages[0]), target: languageName(each.languages[1]) })} figure={t('review.pairs', { count: each.pairs })} />
        ))}</ul>
      </section>
    </div>
  );
};

const Entry = ({ place, name, note, figure }: { readonly place: Place; readonly name: string; readonly note: string; readonly figure: string }) => (
  <li><a href={formatAddress(addressOf(place))}><bdi className="ellipsis strong">{name}</bdi><span className="small dim nowrap">{note}</span><span className="small dim nowrap" style={{ textAlign: 'end' }}>{figure}</span></a></li>
);
