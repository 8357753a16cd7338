import { useState } from 'react';
import type { CleanedUp, StorageKind, StoragePart } from '../../main/contract/settings.ts';
import { useApp, useQuery } from '../stores/hooks.tsx';
import { t } from '../strings/catalogue.ts';
import { bytes } from '../strings/numbers.ts';
import { Button } from '../widgets/button.tsx';
import { Checkbox } from '../widgets/checkbox.tsx';
import { Notice } from '../widgets/notice.tsx';
import { Setting } from './settings-parts.tsx';
import css from './settings-sheet.module.css';

/** What nobody would miss is ticked at first. */
const tickedAtFirst: readonly StorageKind[] = ['spare-vectors', 'ended-runs'];

/** Where things are kept, what they take, and what a clean-up would free. */
export const StorageSettings = () => {
  const storage = useQuery('settings.storage', {}, { touches: ['settings', 'runs', 'project', 'jobs'] });
  const [ticked, setTicked] = useState<readonly StorageKind[]>(tickedAtFirst);
  const [cleaned, setCleaned] = useState<CleanedUp>();
  const parts = storage.data?.parts ?? [];
  return (
    <>
      <CacheFolder />
      <div className={css['head']}><div><h3 className="strong">{t('settings.onDisk')}</h3><p className="small dim">{t('settings.onDiskWords')}</p></div></div>
      {storage.failure === undefined ? null : <Notice failure={storage.failure} />}
      {storage.data === undefined ? <p className="small dim" role="status">{t('settings.looking')}</p> : parts.length === 0 ? <p className="small dim">{t('settings.nothingStored')}</p> : (
        <table className={css['table']} aria-label={t('settings.onDisk')} aria-busy={storage.stale}>
          <thead><tr><th scope="col">{t('settings.column.what')}</th><th scope="col" className={css['end']}>{t('settings.column.size')}</th><th scope="col" className={css['end']}>{t('settings.column.free')}</th></tr></thead>
          <tbody>{parts.map((part) => <PartRow key={part.kind} part={part} ticked={ticked.includes(part.kind)} onTick={(on) => setTicked(on ? [...ticked, part.kind] : ticked.filter((each) => each !== part.kind))} />)}</tbody>
        </table>
      )}
      <Foot parts={parts} ticked={ticked} cleaned={cleaned} onCleaned={(done) => { setCleaned(done); storage.reload(); }} />
    </>
  );
};

const CacheFolder = () => {
  const app = useApp();
  const now = useQuery('settings.read', {}, { touches: ['settings'] }).data;
  const change = (cacheFolder: string | null): void => void app.attempt(() => app.link.call('settings.change', { cacheFolder }));
  const choose = async (): Promise<void> => {
    const [folder] = await app.stores.ui.getState().choose({ want: 'folder', title: t('settings.cacheChooseTitle'), button: t('settings.cacheChooseButton'), endings: [] });
    if (folder !== undefined) change(folder);
  };
  const chosen = now?.settings.cacheFolder ?? null;
  return (
    <>
      <Setting label={t('settings.cache')} words={t('settings.cacheWords')}>
        {chosen === null ? null : <Button quiet onPress={() => change(null)}>{t('settings.cacheUsual')}</Button>}
        <Button onPress={() => void choose()}>{t('settings.cacheChoose')}</Button>
      </Setting>
      {now === undefined ? null : <p className={`${css['aside']} ${css['place']}`}>{chosen === null ? t('settings.cacheBeside', { folder: now.cacheFolder }) : t('settings.cacheChosen', { folder: chosen })}</p>}
    </>
  );
};

const PartRow = ({ part: { kind, free, kept, bytes: size }, ticked, onTick }: { readonly part: StoragePart; readonly ticked: boolean; readonly onTick: (on: boolean) => void }) => (
  <tr data-kind={kind}>
    <th scope="row">
      <div className={css['kind']}>
        {free.bytes > 0 ? <Checkbox checked={ticked} onChange={onTick}>{t(`settings.kind.${kind}`)}</Checkbox> : <span className={css['plain']}>{t(`settings.kind.${kind}`)}</span>}
        <p>{t(`settings.kindWords.${kind}`)} {kept.map(({ why, bytes: stays }) => `${t(`settings.keptWhy.${why}`, { size: bytes(stays) })}.`).join(' ')}</p>
      </div>
    </th>
    <td className={css['end']}>{bytes(size)}</td>
    <td className={css['end']}>{free.bytes > 0 ? bytes(free.bytes) : t('settings.nothingFree')}</td>
  </tr>
);

type FootProps = { readonly parts: readonly StoragePart[]; readonly ticked: readonly StorageKind[]; readonly cleaned: CleanedUp | undefined; readonly onCleaned: (done: CleanedUp) => void };

const Foot = ({ parts, ticked, cleaned, onCleaned }: FootProps) => {
  const app = useApp();
  const [cleaning, setCleaning] = useState(false);
  const wanted = parts.filter((part) => ticked.includes(part.kind) && part.free.bytes > 0);
  const cleanUp = async (): Promise<void> => {
    setCleaning(true);
    const done = await app.attempt(() => app.link.call('settings.cleanUp', { kinds: wanted.map((part) => part.kind) }));
    setCleaning(false);
    if (done !== undefined) onCleaned(done);
  };
  return (
    <div className={css['foot']}>
      <Button disabled={wanted.length === 0 || cleaning} onPress={() => void cleanUp()}>{wanted.length === 0 ? t('settings.cleanUpNothing') : t('settings.cleanUp', { size: bytes(sum(wanted.map((part) => part.free.bytes))) })}</Button>
      <p className="small dim" role="status">{cleaned === undefined ? '' : wordsOf(cleaned)}</p>
    </div>
  );
};

const sum = (sizes: readonly number[]): number => sizes.reduce((all, size) => all + size, 0);

const wordsOf = ({ freed, failed }: CleanedUp): string => {
  const what = freed.length === 0 ? (failed > 0 ? '' : t('settings.freedNothing'))
    : t('settings.freed', { size: bytes(sum(freed.map((each) => each.bytes))), parts: freed.map((each) => t('settings.freedPart', { what: t(`settings.kind.${each.kind}`), size: bytes(each.bytes) })).join('; ') });
  return `${what} ${failed === 0 ? '' : t('settings.notFreed', { count: failed })}`.trim();
};
