import { Check, LoaderCircle, TriangleAlert } from 'lucide-react';
import { Button } from 'react-aria-components';
import type { Collection } from '../../../main/contract/corpora.ts';
import { useStore } from 'zustand';
import { useApp } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import { count } from '../../strings/numbers.ts';
import { day } from '../../strings/times.ts';
import { languageName } from '../../text/languages.ts';
import { Icon } from '../../widgets/icon.tsx';
import { NameField } from './name-field.tsx';
import { corporaState } from './state.ts';
import css from './collection-table.module.css';

type Props = { readonly collections: readonly Collection[]; readonly chosen: number | undefined };

/** All collections, monolingual ones first; every line read is in exactly one of the counted columns. */
export const CollectionTable = ({ collections, chosen }: Props) => {
  const groups = [['corpora.monolingual', collections.filter((each) => each.kind === 'monolingual')], ['corpora.bitext', collections.filter((each) => each.kind === 'bitext')]] as const;
  return (
    <table className={css['table']} aria-label={t('corpora.heading')}>
      <thead><tr>
        <th scope="col">{t('corpora.name')}</th><th scope="col">{t('corpora.language')}</th><th scope="col" className={css['end']}>{t('corpora.size')}</th><th scope="col" className={css['end']}>{t('corpora.lines')}</th>
        <th scope="col" className={css['end']}>{t('corpora.merged')}</th><th scope="col" className={css['end']}>{t('corpora.empty')}</th><th scope="col" className={css['end']}>{t('corpora.malformed')}</th>
        <th scope="col">{t('corpora.from')}</th><th scope="col">{t('corpora.state')}</th><th scope="col" className={css['end']}>{t('corpora.imported')}</th>
      </tr></thead>
      {groups.map(([key, members]) => (members.length === 0 ? null : (
        <tbody key={key}>
          <tr className={css['group']}><th colSpan={10} scope="colgroup">{t(key)}</th></tr>
          {members.map((each) => <CollectionRow key={each.id} collection={each} chosen={each.id === chosen} />)}
        </tbody>
      )))}
    </table>
  );
};

const CollectionRow = ({ collection, chosen }: { readonly collection: Collection; readonly chosen: boolean }) => {
  const app = useApp();
  const renaming = useStore(corporaState, (state) => state.renaming) && chosen;
  const open = (): void => app.go({ room: 'corpora', path: [String(collection.id)] });
  const files = collection.files.map((file) => file.path.split(/[\\/]/u).at(-1) ?? file.path);
  return (
    <tr className={chosen ? css['selected'] : undefined} onClick={() => corporaState.setState({ chosen: collection.id })} onDoubleClick={open}>
      <th scope="row">{renaming ? <NameField collection={collection} /> : <Button className="ellipsis" onPress={open} onFocus={() => corporaState.setState({ chosen: collection.id })}><bdi>{collection.name}</bdi></Button>}</th>
      <td><LanguagePair source={collection.language} target={collection.targetLanguage} /></td>
      <td className={css['end']}>{count(collection.size)}</td><td className={css['end']}>{count(collection.lines)}</td><td className={css['end']}>{count(collection.merged)}</td><td className={css['end']}>{count(collection.empty)}</td>
      <td className={css['end']}>{collection.malformed === 0 ? count(0) : <span className={`is-warn ${css['state']}`}><Icon of={TriangleAlert} size={13} />{count(collection.malformed)}</span>}</td>
      <td className="ellipsis" style={{ maxInlineSize: 200 }} title={files.join(', ')}><bdi>{files[0] ?? ''}</bdi>{files.length > 1 ? t('corpora.moreFiles', { count: files.length - 1 }) : null}</td>
      <td><CollectionState collection={collection} /></td>
      <td className={`${css['end']} small dim`}>{day(collection.createdAt, app.now())}</td>
    </tr>
  );
};

export const CollectionState = ({ collection }: { readonly collection: Collection }) => (
  <span className={css['state']}>
    {collection.state === 'ready' ? <span className="is-accept"><Icon of={Check} size={13} /></span> : collection.state === 'partial' ? <span className="is-warn"><Icon of={TriangleAlert} size={13} /></span> : <Icon of={LoaderCircle} size={13} />}
    {t(`corpora.state.${collection.state}`)}
  </span>
);

/** Names and tags of a collection's languages, in the inks of their sides. */
export const LanguagePair = ({ source, target }: { readonly source: string; readonly target: string | null }) => (
  <span>{languageName(source)} <span className={target === null ? 'dimmer' : 'is-source'}>{source}</span>{target === null ? null : <> {t('arrow')} {languageName(target)} <span className="is-target">{target}</span></>}</span>
);
