import { useEffect } from 'react';
import { useStore } from 'zustand';
import { everywhereActions } from '../../actions/everywhere.ts';
import { ActionButton } from '../../actions/action-button.tsx';
import { useAddress, useApp, useSlice } from '../../stores/hooks.tsx';
import { rich } from '../../strings/rich.tsx';
import { t } from '../../strings/catalogue.ts';
import { Button } from '../../widgets/button.tsx';
import { Empty, Notice } from '../../widgets/notice.tsx';
import { Facts, Panel } from '../../widgets/facts.tsx';
import { RoomFrame } from '../../widgets/room-frame.tsx';
import { stripActions } from './actions.ts';
import { CollectionFacts } from './collection-facts.tsx';
import { CollectionTable } from './collection-table.tsx';
import { CollectionView } from './collection-view.tsx';
import { corporaState } from './state.ts';

const importAction = everywhereActions.find((each) => each.id === 'project.import');

/** Collections of the project: all of them, or one of them open. */
export const CorporaRoom = () => {
  const { path } = useAddress();
  const collections = useSlice('collections', (slice) => slice.value);
  const open = collections?.find((collection) => collection.id === Number(path[0]));
  return open === undefined ? <AllCollections /> : <CollectionView key={open.id} collection={open} part={path[1] ?? 'sentences'} />;
};

const AllCollections = () => {
  const app = useApp();
  const collections = useSlice('collections', (slice) => slice.value);
  const failure = useSlice('collections', (slice) => slice.failure);
  const stale = useSlice('collections', (slice) => slice.stale);
  const project = useSlice('project', (slice) => slice.value);
  const chosenId = useStore(corporaState, (state) => state.chosen);
  const chosen = collections?.find((each) => each.id === chosenId) ?? collections?.[0];
  useEffect(() => { if (chosen !== undefined && chosen.id !== chosenId) corporaState.setState({ chosen: chosen.id }); }, [chosen, chosenId]);
  const sentences = collections?.filter((each) => each.kind === 'monolingual').reduce((sum, each) => sum + each.size, 0) ?? 0;
  const pairs = collections?.filter((each) => each.kind === 'bitext').reduce((sum, each) => sum + each.size, 0) ?? 0;
  return (
    <RoomFrame name={t('room.corpora')}
      margin={(
        <>
          <Panel heading={t('corpora.project')}>
            <Facts facts={[[t('corpora.collections'), collections?.length ?? ''], [t('corpora.sentences'), rich('number', { number: sentences })], [t('corpora.pairs'), rich('number', { number: pairs })]]} />
            {project?.warnings.map((warning) => <p key={warning} dir="auto" className="small is-warn" style={{ marginBlockStart: 8, lineHeight: 1.4 }}>{warning}</p>)}
          </Panel>
          {chosen === undefined ? null : <CollectionFacts collection={chosen} />}
        </>
      )}
      strip={(
        <>
          <h2 className="strong">{t('corpora.heading')}</h2>
          <span className="grow" />
          {stripActions.map((each) => <ActionButton key={each.id} action={each} quiet />)}
          {importAction === undefined ? null : <ActionButton action={importAction} primary />}
        </>
      )}
      statusStart={collections === undefined ? null : <><span className={stale ? 'is-stale' : undefined}>{rich('corpora.statusCollections', { count: collections.length })}</span><span>{t('corpora.statusSizes', { sentences, pairs })}</span></>}
    >
      {failure === undefined ? null : <Notice framed failure={failure}><Button small onPress={() => void app.stores.collections.getState().reload()}>{t('again')}</Button></Notice>}
      {collections !== undefined && collections.length === 0 ? (
        <Empty heading={t('corpora.emptyHeading')}>
          <p>{t('corpora.emptyWords')}</p>
          {importAction === undefined ? null : <ActionButton action={importAction} small={false} />}
        </Empty>
      ) : <CollectionTable collections={collections ?? []} chosen={chosen?.id} />}
    </RoomFrame>
  );
};
