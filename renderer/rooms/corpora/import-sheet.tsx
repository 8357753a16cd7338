import { TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { FailureData } from '../../../main/contract/errors.ts';
import type { ImportOptions } from '../../../main/contract/corpora.ts';
import { toFailureData } from '../../link/link.ts';
import { useApp, useSlice } from '../../stores/hooks.tsx';
import { latest } from '../../stores/latest.ts';
import { t } from '../../strings/catalogue.ts';
import { failureWords } from '../../strings/failure-words.ts';
import { bytes } from '../../strings/numbers.ts';
import { Button } from '../../widgets/button.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { Notice } from '../../widgets/notice.tsx';
import { Sheet } from '../../widgets/sheet.tsx';
import { ImportOptionsForm } from './import-options.tsx';
import { asMoreOf, faultOf, nameOf, nextName, planFiles, proposeColumns, requestsOf, type Planned } from './import-plan.ts';
import { ImportSample } from './import-sample.tsx';
import { inspectFiles, type Inspected } from './inspect-files.ts';
import css from './import-sheet.module.css';

type Props = { readonly paths: readonly string[]; /** A second crawl: the files go behind those of this collection. */ readonly extend?: number | undefined; readonly onClose: () => void };

/** How the files will be read, before they are: everything that was detected, editable, with the rows as they would come out. */
export const ImportSheet = ({ paths, extend, onClose }: Props) => {
  const app = useApp();
  const extended = useSlice('collections', (slice) => slice.value?.find((each) => each.id === extend));
  const [leftOut, setLeftOut] = useState<Inspected['leftOut']>([]);
  const [planned, setPlanned] = useState<readonly Planned[]>();
  const [failure, setFailure] = useState<FailureData>();
  const [open, setOpen] = useState(0);
  const [stale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  const preview = useMemo(() => latest((signal, file: Planned['preview']['file']) => app.link.call('corpora.preview', { file }, { signal })), [app]);

  useEffect(() => {
    const controller = new AbortController();
    inspectFiles(app.link, paths, controller.signal).then((found) => {
      setLeftOut(found.leftOut);
      const files = planFiles(found.previews);
      setPlanned(extended === undefined ? files : files.map((each) => asMoreOf(extended, each)));
    }, (error: unknown) => { if (!controller.signal.aborted) setFailure(toFailureData(error)); });
    return () => controller.abort();
    // The files are looked into once; what else happens to the collections meanwhile changes nothing of them.
  }, [app, paths, extend]);

  const replace = (index: number, change: (one: Planned) => Planned): void => setPlanned((all) => all?.map((one, at) => (at === index ? change(one) : one)));
  const one = planned?.[open];

  const change = (options: ImportOptions): void => {
    if (one === undefined) return;
    const before = one.preview.file;
    const file = { ...before, options };
    if (options.layout === 'columns' && before.options.layout !== 'columns') { takeForColumns(before, options); return; }
    replace(open, (before) => ({ ...before, preview: { ...before.preview, file } }));
    if (faultOf(options) === 'language' || faultOf(options) === 'target') return;
    ask(file);
  };

  const ask = (file: Planned['preview']['file']): void => {
    setStale(true);
    setFailure(undefined);
    preview(file).then((answer) => {
      if (answer === undefined) return;
      setStale(false);
      // What was changed since the question stays as the user wrote it.
      replace(open, (before) => (before.preview.file.options === file.options ? { ...before, preview: answer } : before));
    }, (error: unknown) => { setStale(false); setFailure(toFailureData(error)); });
  };

  /** Looks at the lines as they are and proposes what each column is. */
  const takeForColumns = (file: Planned['preview']['file'], options: ImportOptions): void => {
    setStale(true);
    preview({ ...file, options: { ...options, layout: 'lines', split: 'none', columns: [] } }).then((answer) => {
      if (answer === undefined) return;
      const columns = [...proposeColumns(answer.sample.map((row) => row[0] ?? ''))];
      const next: ImportOptions = { ...options, split: 'none', columns };
      const shown = { ...file, options: next };
      replace(open, (each) => ({ ...each, preview: { ...each.preview, file: shown } }));
      ask(shown);
    }, (error: unknown) => { setStale(false); setFailure(toFailureData(error)); });
  };

  const requests = requestsOf(planned ?? []);
  const faults = planned?.filter((each) => faultOf(each.preview.file.options) !== undefined).length ?? 0;

  const start = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      if (extend === undefined) for (const request of requests) await app.link.call('corpora.import', request);
      else await app.link.call('corpora.extend', { collection: extend, name: planned?.[0]?.collection.trim() || nextName(extended?.name ?? ''), files: (planned ?? []).map((each) => each.preview.file) });
      onClose();
      app.go({ room: 'corpora', path: [] });
    } catch (error) {
      setFailure(toFailureData(error));
      setBusy(false);
    }
  };

  return (
    <Sheet title={extended === undefined ? t('import.title') : t('import.extendTitle', { name: extended.name })} note={extended === undefined ? t('import.note') : t('import.extendNote')} width={1080} onClose={onClose} foot={(
      <>
        <span className="small dim">{faults > 0 ? t('import.faults', { count: faults }) : planned === undefined ? '' : t('import.ready', { count: planned.length, size: bytes(planned.reduce((sum, each) => sum + each.preview.bytes, 0)) })}</span>
        <span className="grow" />
        <Button quiet onPress={onClose}>{t('choose.cancel')}</Button>
        <Button primary disabled={planned === undefined || faults > 0} onPress={() => void start()}>{extended === undefined ? t('import.start', { count: Math.max(1, requests.length) }) : t('import.extendStart', { count: planned?.length ?? 1 })}</Button>
      </>
    )}>
      {failure === undefined ? null : <Notice framed failure={failure} />}
      {leftOut.length === 0 ? null : <LeftOut files={leftOut} />}
      {planned === undefined && failure === undefined ? <p className={`dim ${css['waiting']}`} role="status">{t('import.looking', { count: paths.length })}</p> : null}
      {planned === undefined || one === undefined ? null : (
        <div className={css['split']}>
          <ListBox aria-label={t('import.files')} className={css['files'] ?? ''} selectionMode="single" disallowEmptySelection selectedKeys={[String(open)]}
            onSelectionChange={(keys) => { const [key] = keys === 'all' ? [] : [...keys]; if (key !== undefined) setOpen(Number(key)); }}>
            {planned.map((each, index) => {
              const { file, kind } = each.preview;
              const fault = faultOf(file.options);
              return (
                <ListBoxItem key={file.path} id={String(index)} textValue={nameOf(file.path)} className={css['file'] ?? ''}>
                  <span className="ellipsis" title={file.path}><bdi>{file.path.split(/[\\/]/u).at(-1)}</bdi></span>
                  <span className="small">{fault === undefined && each.preview.warnings.length === 0 ? '' : <span className="is-warn"><Icon of={TriangleAlert} size={13} /></span>}</span>
                  <span className="small dim">{kind === 'bitext' ? t('import.pairOf', { source: file.options.language, target: file.options.targetLanguage ?? 'und' }) : file.options.language}</span>
                  <span className="small dimmer">{bytes(each.preview.bytes)}</span>
                </ListBoxItem>
              );
            })}
          </ListBox>
          <div className={css['one']}>
            <ImportOptionsForm planned={one} onName={(collection) => (extend === undefined ? replace(open, (before) => ({ ...before, collection })) : setPlanned((all) => all?.map((each) => ({ ...each, collection }))))} onChange={change} />
            {one.preview.warnings.length === 0 ? null : <div className={css['warnings']}>{one.preview.warnings.map((warning) => <Notice key={warning} failure={{ code: 'malformed-input', message: warning }} />)}</div>}
            <ImportSample preview={one.preview} stale={stale} onChange={change} />
          </div>
        </div>
      )}
    </Sheet>
  );
};

/** Files that could not be read at all: which, and why. The others are not held up by them. */
const LeftOut = ({ files }: { readonly files: Inspected['leftOut'] }) => (
  <div className={css['leftOut']} role="status">
    <Icon of={TriangleAlert} size={13} />
    <div>
      <strong>{t('import.leftOut', { count: files.length })}</strong>
      <ul>{files.map(({ path, failure }) => <li key={path} dir="auto">{failureWords(failure).message}</li>)}</ul>
    </div>
  </div>
);
