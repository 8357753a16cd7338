import { useEffect, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { LicenceEntry } from '../../main/contract/about.ts';
import { useApp, useQuery, useSlice } from '../stores/hooks.tsx';
import { t, tIfAny } from '../strings/catalogue.ts';
import { bytes } from '../strings/numbers.ts';
import { Facts } from '../widgets/facts.tsx';
import { Field } from '../widgets/field.tsx';
import { Notice } from '../widgets/notice.tsx';
import { Sheet } from '../widgets/sheet.tsx';
import { findLicences, keyOfEntry } from './about-licences.ts';
import css from './about-sheet.module.css';

/** Version and machine, what the program does not do, and the licence of everything it is made of. */
export const AboutSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const app = useApp();
  const host = useSlice('project', (slice) => slice.host);
  const project = useSlice('project', (slice) => slice.value);
  useEffect(() => { void app.stores.project.getState().reloadHost(); }, [app]);
  return (
    <Sheet title={t('about.title')} note={t('about.words')} width={960} onClose={onClose}>
      <div className={css['facts']}>
        <Facts wide facts={[
          [t('about.version'), host?.version],
          [t('about.host'), host === undefined ? null : t(`host.${host.host}`)],
          [t('about.engine'), host === undefined ? null : t(`engine.${host.engine.state}`)],
        ]} />
        <Facts wide facts={[
          [t('about.machine'), host === undefined ? null : t('about.machineWords', { cores: host.cores, memory: bytes(host.memoryBytes), platform: host.platform })],
          [t('about.updates'), t('about.updatesNone')],
          [t('about.telemetry'), t('about.telemetryNone')],
        ]} />
        {project?.path == null ? null : <div className={css['path']}><Facts wide facts={[[t('about.project'), <bdi key="path">{project.path}</bdi>]]} /></div>}
      </div>
      <Licences />
    </Sheet>
  );
};

/** Parts of the program and models that the user added, searchable; the text of the chosen one beside them. */
const Licences = () => {
  const { data, failure } = useQuery('about.licences', {});
  const added = useAddedModels();
  const [question, setQuestion] = useState('');
  const [chosen, setChosen] = useState<string>();
  const all = [...data?.entries ?? [], ...added];
  const found = findLicences(all, question);
  const open = found.find((entry) => keyOfEntry(entry) === chosen);
  return (
    <section className={css['licences']} aria-label={t('about.licences')}>
      <div className={css['search']}>
        <h3 className="strong">{t('about.licences')}</h3>
        <Field label={t('about.find')} bare value={question} onChange={setQuestion} hint={t('about.find')} />
        <span className="small dim" role="status">{data === undefined ? '' : t('about.found', { shown: found.length, count: all.length })}</span>
      </div>
      {failure === undefined ? null : <Notice failure={failure} />}
      {data?.entries === null ? <p className={css['absent']}>{t('about.absent', { file: data.file })}</p> : null}
      <div className={css['columns']}>
        <ListBox aria-label={t('about.licences')} className={css['list'] ?? ''} selectionMode="single" selectionBehavior="replace" selectedKeys={chosen === undefined ? [] : [chosen]}
          onSelectionChange={(keys) => setChosen(keys === 'all' ? undefined : [...keys].map(String)[0])} items={found.map((entry) => ({ entry, id: keyOfEntry(entry) }))}
          renderEmptyState={() => <p className="small dim">{data === undefined || data.entries === null ? '' : t('about.none')}</p>}>
          {({ entry }) => (
            <ListBoxItem textValue={entry.name} className={css['entry'] ?? ''}>
              <span className="ellipsis"><bdi>{entry.name}</bdi>{entry.version === null ? null : <span className="small dim"> {entry.version}</span>}</span>
              <span className="small dim ellipsis"><bdi>{entry.licence}</bdi></span>
            </ListBoxItem>
          )}
        </ListBox>
        {open === undefined ? <p className={`${css['text']} dim`}>{t('about.choose')}</p> : <LicenceText key={chosen} entry={open} />}
      </div>
    </section>
  );
};

const LicenceText = ({ entry }: { readonly entry: LicenceEntry }) => {
  const { data } = useQuery('about.licenceTexts', entry.texts.length === 0 ? null : { texts: [...entry.texts] });
  const texts = (data ?? []).filter((text) => text !== '');
  return (
    <article className={css['text']} tabIndex={0} aria-label={entry.name}>
      <h4 className="strong"><bdi>{entry.name}</bdi></h4>
      <p className="small dim">{[tIfAny(`about.kind.${entry.kind}`, entry.kind), entry.version, entry.licence, entry.by].filter((part) => part !== null).join(' · ')}</p>
      {entry.address === null ? null : <p className="small dim"><bdi>{entry.address}</bdi></p>}
      {entry.note === null ? null : <p>{entry.note}</p>}
      {texts.map((text, index) => <pre key={index} dir="ltr" lang="en">{text}</pre>)}
      {texts.length === 0 && (entry.texts.length === 0 || data !== undefined) && entry.note === null ? <p className="small dim">{t('about.textAbsent')}</p> : null}
    </article>
  );
};

/** What ships is in the bundle; of what a user added only the folder tells. */
const useAddedModels = (): readonly LicenceEntry[] => (useSlice('models', (slice) => slice.value) ?? []).filter((model) => !model.bundled).map(({ encoder }) => ({
  kind: 'added', name: encoder.title, version: null, licence: encoder.licence ?? t('about.notStated'), by: null, address: encoder.source, note: t('about.addedWords', { folder: encoder.folder }), texts: [],
}));
