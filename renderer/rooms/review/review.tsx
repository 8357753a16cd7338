import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Finding } from '../../../main/contract/review-checks.ts';
import { useAsker } from '../../stores/annotator.ts';
import { useApp, useQuery } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import { Button } from '../../widgets/button.tsx';
import { Notice } from '../../widgets/notice.tsx';
import { RoomFrame } from '../../widgets/room-frame.tsx';
import type { Annotators } from './annotator.ts';
import { Desk } from './desk/desk.tsx';
import { PairFacts } from './desk/facts.tsx';
import { FacetPanels } from './facets/facets.tsx';
import type { Filter } from './filters/filter.ts';
import { useBroughtBack, useDrafts, usePosition } from './keeping.ts';
import { useFindings } from './desk/use-findings.ts';
import { useKnown } from './known.ts';
import { addressOf, pathOf, type Place } from './place.ts';
import { originOf, useOrigins } from './queues/origins.ts';
import { Start } from './queues/start.tsx';
import { useColumnChoice } from './rows/column-choice.ts';
import { metaWidth } from './rows/columns.tsx';
import { Table } from './rows/table.tsx';
import { useOriginPairs, useQueuePairs, type OpenPairs } from './rows/use-rows.ts';
import { openRows, reviewGrid } from './state.ts';
import { rem } from '../../widgets/zoom.ts';
import { Saved, Status, StatusEnd } from './status.tsx';
import { Strip } from './strip.tsx';
import css from './review.module.css';

type Open<V extends Place['view']> = Extract<Place, { readonly view: V }>;

export const OriginReview = ({ place, people }: { readonly place: Open<'origin'>; readonly people: Annotators }) => {
  const pairs = useOriginPairs(place.origin, place.filter, place.order);
  return <Review pairs={pairs} filter={place.filter} address={pathOf(place).join('/')} people={people} />;
};

export const QueueReview = ({ place, people }: { readonly place: Open<'queue'>; readonly people: Annotators }) => {
  const pairs = useQueuePairs(place.queue, place.filter, place.order, people.me);
  if (people.known && people.me === undefined) return <RoomFrame name={t('room.review')} margin={null} strip={<h2 className="strong">{t('room.review')}</h2>}><p className={css['who']}>{t('review.queueNeedsName')}</p><Start annotator={undefined} /></RoomFrame>;
  return <Review pairs={pairs} filter={place.filter} address={pathOf(place).join('/')} people={people} />;
};

const noFindings: readonly Finding[] = [];

type Props = { readonly pairs: OpenPairs; readonly filter: Filter; /** Where the last position is kept. */ readonly address: string; readonly people: Annotators };

/** Pairs to be judged: facets at the left, rows, and one of them open over the keys that decide. */
const Review = ({ pairs, filter, address, people }: Props) => {
  const app = useApp();
  const { origin } = pairs;
  const of = originOf(useOrigins(), origin);
  const known = useKnown(pairs, people, of?.languages);
  const within = pairs.queue === undefined ? undefined : { kind: 'queue' as const, view: pairs.queue.view };
  const asker = useAsker();
  const facets = useQuery('pairs.facets', origin === undefined ? null : { origin, predicate: pairs.predicate, by: null, ...asker }, { touches: ['pairs', 'project'] });
  const schemes = useQuery('review.schemes', {}, { touches: ['project'] }).data;
  const scheme = schemes?.find((each) => each.id === pairs.queue?.scheme) ?? schemes?.[0];
  const focus = useStore(reviewGrid, (grid) => grid.focus);
  const row = useStore(pairs.pages, (pages) => pages.row(Math.max(0, focus)));
  const findings = useFindings(origin, row);
  const choosing = useColumnChoice();
  const spine = choosing.choice.spine !== null && known.scores.includes(choosing.choice.spine) ? choosing.choice.spine : known.scores[0];
  const { queue, predicate, narrowed, view, count, pages } = pairs;
  // What cannot be opened (a queue that was removed, a run without pairs) is told; an empty table beside it would say something else.
  const isOpen = pairs.failure === undefined || view !== undefined;
  // `predicate` is told by the view that was made of it; a row that has come is told, too.
  useEffect(() => openRows.setState({ origin, queue, predicate, narrowed, view, count: count ?? 0, scheme, row: pages.getState().row, replace: pages.getState().replace }), [origin, queue, narrowed, view, count, scheme, pages, row]);
  useDrafts(origin, people.me);
  usePosition(pairs, address, people.me);
  useBroughtBack(pairs);
  return (
    <div className={css['frame']} style={{ '--margin-right': rem(metaWidth(choosing.choice)), ...(choosing.choice.widths['spine'] === undefined ? {} : { '--spine': rem(choosing.choice.widths['spine']) }) } as React.CSSProperties}>
      <RoomFrame name={t('room.review')}
        margin={origin === undefined || !isOpen ? null : (
          <>
            <div className={css['facets']} tabIndex={0} role="group" aria-label={t('review.facets')}>
              <FacetPanels origin={origin} within={within} filter={filter} facets={facets} scores={known.scores} score={known.scores[0]} cut={of?.cut ?? null} />
            </div>
            <PairFacts row={row} findings={findings} />
          </>
        )}
        strip={<Strip pairs={pairs} filter={filter} known={known} total={facets.data?.total} annotator={people.me} />}
        statusStart={<Status pairs={pairs} facets={facets} />}
        statusSaved={<Saved />}
        statusEnd={<StatusEnd people={people} languages={of?.languages} />}
      >
        {pairs.failure === undefined ? null : <Notice framed failure={pairs.failure}><Button small onPress={pairs.reload}>{t('again')}</Button>{isOpen ? null : <Button small onPress={() => app.go(addressOf({ view: 'start' }))}>{t('review.others')}</Button>}</Notice>}
        {isOpen ? <Table pairs={pairs} known={known} spine={spine} choosing={choosing} /> : null}
        {origin === undefined || !isOpen ? null : <Desk origin={origin} row={row} score={spine} findings={findings.stale ? noFindings : findings.data ?? noFindings} people={people} />}
      </RoomFrame>
    </div>
  );
};
