import { ChevronLeft } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Collection } from '../../../main/contract/corpora.ts';
import { ActionButton } from '../../actions/action-button.tsx';
import { useApp } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import { rich } from '../../strings/rich.tsx';
import { Button } from '../../widgets/button.tsx';
import { RoomFrame } from '../../widgets/room-frame.tsx';
import { Segmented } from '../../widgets/segmented.tsx';
import { reviewBitext, stripActions } from './actions.ts';
import { NameField } from './name-field.tsx';
import { CollectionFacts } from './collection-facts.tsx';
import { CollectionState, LanguagePair } from './collection-table.tsx';
import { PairList, useBitextView } from './pairs/pair-list.tsx';
import { bitextState, enterBitext } from './pairs/state.ts';
import { MalformedList, SentenceList } from './row-lists.tsx';
import { corporaState } from './state.ts';

type Props = { readonly collection: Collection; readonly part: string };

/** One collection open: its sentences or pairs, and the lines that could not be read. */
export const CollectionView = ({ collection, part }: Props) => {
  const shown = part === 'malformed' && collection.malformed > 0 ? 'malformed' : 'sentences';
  return collection.kind === 'bitext' && shown === 'sentences' ? <Bitext collection={collection} /> : (
    <Frame collection={collection} shown={shown} counts={rich(collection.kind === 'bitext' ? 'corpora.countPairs' : 'corpora.countSentences', { count: collection.size })}>
      {shown === 'malformed' ? <MalformedList collection={collection} /> : <SentenceList collection={collection} />}
    </Frame>
  );
};

/** A bitext counts what its filters let through, with the rest named. */
const Bitext = ({ collection }: { readonly collection: Collection }) => {
  const entered = useStore(bitextState, (state) => state.collection === collection.id);
  useEffect(() => enterBitext(collection.id), [collection.id]);
  return entered ? <BitextTable collection={collection} /> : <Frame collection={collection} shown="sentences" counts={null}><div aria-busy="true" /></Frame>;
};

const BitextTable = ({ collection }: { readonly collection: Collection }) => {
  const view = useBitextView(collection);
  const { count, total } = view.data ?? { count: collection.size, total: collection.size };
  const counts = count === total ? rich('corpora.countPairs', { count }) : rich('corpora.countFiltered', { count, total, hidden: total - count });
  return <Frame collection={collection} shown="sentences" counts={<span className={view.stale ? 'is-stale' : undefined}>{counts}</span>}><PairList collection={collection} view={view} /></Frame>;
};

type FrameProps = { readonly collection: Collection; readonly shown: 'sentences' | 'malformed'; readonly counts: ReactNode; readonly children: ReactNode };

const Frame = ({ collection, shown, counts, children }: FrameProps) => {
  const app = useApp();
  const renaming = useStore(corporaState, (state) => state.renaming);
  return (
    <RoomFrame name={t('room.corpora')} margin={<CollectionFacts collection={collection} />}
      strip={(
        <>
          <Button small quiet icon={ChevronLeft} onPress={() => app.go({ room: 'corpora', path: [] })}>{t('corpora.heading')}</Button>
          <span className="line" style={{ marginInlineEnd: 10 }}>{renaming ? <NameField collection={collection} /> : <h2 className="strong ellipsis"><bdi>{collection.name}</bdi></h2>}</span>
          {collection.malformed === 0 ? null : (
            <Segmented label={t('corpora.part')} value={shown} onChange={(next) => app.go({ room: 'corpora', path: next === 'sentences' ? [String(collection.id)] : [String(collection.id), next] })}
              options={[{ value: 'sentences', label: collection.kind === 'bitext' ? t('corpora.pairs') : t('corpora.sentences') }, { value: 'malformed', label: t('corpora.notRead', { count: collection.malformed }) }]} />
          )}
          <span className="grow" />
          {reviewBitext.map((each) => <ActionButton key={each.id} action={each} quiet />)}
          {stripActions.filter((each) => each.id !== 'corpora.export' || collection.kind === 'bitext').map((each) => <ActionButton key={each.id} action={each} quiet />)}
        </>
      )}
      statusStart={<><span>{counts}</span><CollectionState collection={collection} /></>}
      statusEnd={<LanguagePair source={collection.language} target={collection.targetLanguage} />}
    >
      {children}
    </RoomFrame>
  );
};
