import { ArrowUp, File as FileGlyph, Folder, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { ListBox, ListBoxItem, type Selection } from 'react-aria-components';
import { upload } from '../link/upload.ts';
import type { FileEntry } from '../../main/contract/project.ts';
import { useApp, useQuery, useSlice } from '../stores/hooks.tsx';
import type { ChooseRequest } from '../stores/ui.ts';
import { t } from '../strings/catalogue.ts';
import { bytes } from '../strings/numbers.ts';
import { day } from '../strings/times.ts';
import { Button } from '../widgets/button.tsx';
import { Field } from '../widgets/field.tsx';
import { Icon } from '../widgets/icon.tsx';
import { Notice } from '../widgets/notice.tsx';
import { Sheet } from '../widgets/sheet.tsx';
import css from './chooser.module.css';

type Props = { readonly request: ChooseRequest; readonly onAnswer: (paths: readonly string[]) => void };

/** The file chooser of the served page: folders of the machine the program runs on, limited to the roots it was started with; for imports also files of this one. */
export const Chooser = ({ request, onAnswer }: Props) => {
  const app = useApp();
  const canUpload = useSlice('project', (slice) => slice.host?.fileDrop === 'upload');
  const [folder, setFolder] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [name, setName] = useState(request.suggestedName ?? '');
  const browse = useQuery('project.browse', { folder });
  const input = useRef<HTMLInputElement>(null);
  const entries = browse.data?.entries ?? [];
  const here = browse.data?.folder ?? null;
  const go = (next: string | null): void => { setFolder(next); setChosen([]); };
  const isOffered = (entry: FileEntry): boolean => entry.kind === 'folder' || (request.want !== 'folder' && (request.endings.length === 0 || request.endings.some((ending) => entry.name.endsWith(ending))));
  const files = chosen.filter((path) => entries.some((entry) => entry.path === path && (entry.kind === 'file' || request.want === 'folder')));
  const answer: readonly string[] = request.want === 'save' ? (here !== null && name.trim() !== '' ? [join(here, name.trim())] : [])
    : request.want === 'folder' ? (files.length > 0 ? files : here === null ? [] : [here]) : files;

  const act = (path: string): void => {
    const entry = entries.find((each) => each.path === path);
    if (entry === undefined) return;
    if (entry.kind === 'folder') go(entry.path);
    else if (request.want === 'save') setName(entry.name);
    else onAnswer([path]);
  };
  const select = (keys: Selection): void => {
    const paths = keys === 'all' ? entries.filter((entry) => entry.kind === 'file').map((entry) => entry.path) : [...keys].map(String);
    setChosen(paths);
    const only = entries.find((entry) => entry.path === paths[0]);
    if (request.want === 'save' && only?.kind === 'file') setName(only.name);
  };
  const send = async (list: FileList | null): Promise<void> => {
    const sent = await app.attempt(() => Promise.all([...(list ?? [])].map((file) => upload(file))));
    if (sent !== undefined && sent.length > 0) onAnswer(sent);
  };

  return (
    <Sheet title={request.title} width={680} onClose={() => onAnswer([])} foot={(
      <>
        {canUpload && (request.want === 'files' || request.want === 'file') ? (
          <>
            <Button quiet icon={Upload} onPress={() => input.current?.click()}>{t('choose.fromHere')}</Button>
            <input ref={input} type="file" multiple={request.want === 'files'} hidden onChange={(event) => void send(event.currentTarget.files)} />
          </>
        ) : null}
        <span className="grow" />
        <Button quiet onPress={() => onAnswer([])}>{t('choose.cancel')}</Button>
        <Button primary disabled={answer.length === 0} onPress={() => onAnswer(answer)}>{request.want === 'files' && answer.length > 1 ? t('choose.several', { button: request.button, count: answer.length }) : request.button}</Button>
      </>
    )}>
      <div className={css['way']}>
        <Button small icon={ArrowUp} disabled={here === null} onPress={() => go(browse.data?.parent ?? null)}>{t('choose.up')}</Button>
        <span className="small dim ellipsis" dir="rtl"><bdi dir="ltr">{here ?? t('choose.roots')}</bdi></span>
      </div>
      {browse.failure === undefined ? null : <div className={css['message']}><Notice failure={browse.failure} /></div>}
      <ListBox key={browse.data === undefined ? 'waiting' : here} autoFocus aria-label={t('choose.list')} className={css['list'] ?? ''} items={entries.map((entry) => ({ ...entry, id: entry.path }))} dependencies={[request]}
        selectionMode={request.want === 'files' ? 'multiple' : 'single'} selectionBehavior="replace" selectedKeys={chosen} onSelectionChange={select} onAction={(key) => act(String(key))}
        disabledKeys={entries.filter((entry) => !isOffered(entry)).map((entry) => entry.path)}
        renderEmptyState={() => <p className="small dim" style={{ padding: 10 }}>{browse.data === undefined ? '' : t('choose.empty')}</p>}>
        {(entry) => (
          <ListBoxItem textValue={entry.name} className={css['entry'] ?? ''}>
            <Icon of={entry.kind === 'folder' ? Folder : FileGlyph} />
            <span className="ellipsis"><bdi>{entry.name}</bdi></span>
            <span className="small dim">{entry.kind === 'file' ? bytes(entry.bytes) : ''}</span>
            <span className="small dimmer">{entry.changedAt > 0 ? day(entry.changedAt, app.now()) : ''}</span>
          </ListBoxItem>
        )}
      </ListBox>
      {request.want === 'save' ? <div className={css['name']} style={{ paddingBlockEnd: 12 }}><Field label={t('choose.name')} value={name} onChange={setName} tall onEnter={() => { if (answer.length > 0) onAnswer(answer); }} {...(here === null ? { hint: t('choose.pickFolder') } : {})} /></div> : null}
    </Sheet>
  );
};

/** The host's own separator, read from the folder it told. */
const join = (folder: string, name: string): string => {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
};
