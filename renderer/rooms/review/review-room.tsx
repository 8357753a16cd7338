import { useEffect } from 'react';
import { useAddress, useSlice } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import { RoomFrame } from '../../widgets/room-frame.tsx';
import { useAnnotators } from './annotator.ts';
import { placeOf } from './place.ts';
import { Start } from './queues/start.tsx';
import { leaveProject, nothingOpen, openRows } from './state.ts';
import { OriginReview, QueueReview } from './review.tsx';

/** Pairs in, decisions and better texts out: of a run, of a bitext, or a queue of them. */
export const ReviewRoom = () => {
  const { path } = useAddress();
  const project = useSlice('project', (slice) => slice.value?.path ?? null);
  const people = useAnnotators();
  const place = placeOf(path);
  useEffect(() => leaveProject, [project]);
  useEffect(() => { if (place.view === 'start') openRows.setState(nothingOpen); }, [place.view]);
  switch (place.view) {
    case 'start': return <RoomFrame name={t('room.review')} margin={null} strip={<h2 className="strong">{t('room.review')}</h2>}><Start annotator={people.me} /></RoomFrame>;
    case 'origin': return <OriginReview key={JSON.stringify(place.origin)} place={place} people={people} />;
    case 'queue': return <QueueReview key={place.queue} place={place} people={people} />;
  }
};
