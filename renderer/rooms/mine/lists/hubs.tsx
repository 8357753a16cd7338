import { useState } from 'react';
import type { Run } from '../../../../main/contract/mine.ts';
import { ActionButton } from '../../../actions/action-button.tsx';
import { useQuery } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { count } from '../../../strings/numbers.ts';
import { languageName } from '../../../text/languages.ts';
import { Text } from '../../../text/text.tsx';
import { Notice } from '../../../widgets/notice.tsx';
import { RoomFrame } from '../../../widgets/room-frame.tsx';
import { Segmented } from '../../../widgets/segmented.tsx';
import { mineAction } from '../actions.ts';
import { RunMargin } from '../run-facts.tsx';
import { RunStrip } from '../run-strip.tsx';
import css from './lists.module.css';

const shown = 200;

/** Sentences that are among the nearest of many others: what they pair with says little. */
export const Hubs = ({ run }: { readonly run: Run }) => {
  const [side, setSide] = useState<'source' | 'target'>('target');
  const { language } = run[side];
  const hubs = useQuery('mine.hubs', { run: run.id, side, count: shown });
  return (
    <RoomFrame name={t('room.mine')}
      margin={<RunMargin run={run} below={<p className="small dim" style={{ lineHeight: 1.45 }}>{t('mine.hubs.words')}</p>} />}
      strip={<RunStrip run={run}><span className="grow" /><ActionButton action={mineAction('mine.back')} /></RunStrip>}
    >
      <div className={css['head']}>
        <Segmented label={t('mine.hubs.side')} value={side} onChange={setSide} options={[{ value: 'source', label: languageName(run.source.language) }, { value: 'target', label: languageName(run.target.language) }]} />
        <span className="small dim">{t('mine.hubs.explained', { k: run.settings.k })}</span>
      </div>
      {hubs.failure === undefined ? null : <Notice framed failure={hubs.failure} />}
      <div className={css['scroll']} tabIndex={0} role="region" aria-label={t('mine.hubs.table')}>
        <table className={`${css['table']} ${hubs.stale ? 'is-stale' : ''}`}>
          <thead><tr><th scope="col" className={css['number']}>{t('mine.hubs.nearTo')}</th><th scope="col">{t('mine.hubs.sentence')}</th></tr></thead>
          <tbody>{(hubs.data ?? []).map((hub) => <tr key={hub.ordinal}><td className={css['number']}>{count(hub.occurrence)}</td><td><Text language={language}>{hub.text}</Text></td></tr>)}</tbody>
        </table>
        {hubs.data?.length === 0 ? <p className={css['nothing']}>{t('mine.hubs.none')}</p> : null}
      </div>
    </RoomFrame>
  );
};
