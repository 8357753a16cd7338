import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useStore } from 'zustand';
import type { PairOrigin, PairRow } from '../../../../main/contract/pairs.ts';
import type { Side } from '../../../../main/contract/review.ts';
import { useApp, useQuery } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { count, decimal } from '../../../strings/numbers.ts';
import { Text } from '../../../text/text.tsx';
import { Notice } from '../../../widgets/notice.tsx';
import { Segmented } from '../../../widgets/segmented.tsx';
import { CornerSheet } from '../../../widgets/sheet.tsx';
import { addressOf } from '../place.ts';
import { openRows, reviewGrid } from '../state.ts';
import css from './links.module.css';

const shownAtMost = 20;

/** The pairs whose text is nearest to that of the open one, by the encoder. It follows the open pair; the room stays usable. */
export const SimilarSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const [side, setSide] = useState<Side>('source');
  const focus = useStore(reviewGrid, (grid) => grid.focus);
  const origin = useStore(openRows, (open) => open.origin);
  const row = useStore(openRows, (open) => open.row(Math.max(0, focus)));
  return (
    <CornerSheet title={t('similar.title')} note={row === undefined ? '' : t('similar.to', { pair: count(row.id) })} width={520} onClose={onClose}>
      <div className={css['side']}><Segmented label={t('similar.side')} value={side} onChange={setSide} options={[{ value: 'source', label: t('bulk.side.source') }, { value: 'target', label: t('bulk.side.target') }]} /></div>
      {origin === undefined || row === undefined ? <p className={css['words']}>{t('review.why.noPair')}</p> : <Similar origin={origin} row={row} side={side} />}
    </CornerSheet>
  );
};

const Similar = ({ origin, row, side }: { readonly origin: PairOrigin; readonly row: PairRow; readonly side: Side }) => {
  const app = useApp();
  const { data, stale, failure } = useQuery('review.similar', { origin, pair: row.id, side, count: shownAtMost }, { touches: ['project', 'pairs'] });
  const goTo = (pair: number): Promise<unknown> => app.attempt(async () => {
    const { view } = openRows.getState();
    const position = view === undefined ? null : (await app.link.call('pairs.find', { view, pair })).position;
    if (position !== null) reviewGrid.getState().goTo(position);
    else app.go(addressOf({ view: 'origin', origin, filter: { join: 'all', of: [{ kind: 'pairs', ids: [row.id, pair] }] }, order: null }));
  });
  if (failure !== undefined) return <div className={css['words']}><Notice failure={failure} /></div>;
  if (data === undefined) return <p className={css['words']} role="status">{t('similar.asking')}</p>;
  if (data.missing !== null) return <p className={css['words']}>{data.missing}</p>;
  if (data.rows.length === 0) return <p className={css['words']}>{t('similar.none')}</p>;
  return (
    <ol className={`${css['list']} ${stale ? 'is-stale' : ''}`} aria-busy={stale}>
      {data.rows.map(({ pair, source, target, cosine, edited }) => (
        <li key={pair}>
          <Button onPress={() => void goTo(pair)}>
            <span className={css['figure']}>{decimal(cosine)}</span>
            <span><Text as="span" language={row.source.language}>{source}</Text><Text as="span" language={row.target.language}>{target}</Text>{edited ? <span className="small dim">{t('similar.edited')}</span> : null}</span>
          </Button>
        </li>
      ))}
    </ol>
  );
};
