import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { ExportFormat, ExportRequest } from '../../../main/contract/export.ts';
import type { FailureData } from '../../../main/contract/errors.ts';
import type { PairOrigin, Predicate } from '../../../main/contract/pairs.ts';
import { toFailureData } from '../../link/link.ts';
import { useAsker } from '../../stores/annotator.ts';
import { useApp, useQuery, useSlice } from '../../stores/hooks.tsx';
import { t, tIfAny } from '../../strings/catalogue.ts';
import { withoutIsolates } from '../../strings/isolate.ts';
import { count } from '../../strings/numbers.ts';
import { Button } from '../../widgets/button.tsx';
import { Checkbox } from '../../widgets/checkbox.tsx';
import { Field } from '../../widgets/field.tsx';
import { Notice } from '../../widgets/notice.tsx';
import { Select, type Option } from '../../widgets/select.tsx';
import { Sheet } from '../../widgets/sheet.tsx';
import { formats, inFolder, originKey, suggestName, takesColumns, withEnding } from './export-request.ts';
import css from './export-sheet.module.css';

type Props = { readonly origin: PairOrigin | null; /** Filters that were on the screen; they hold for the origin they were set on. */ readonly predicate: Predicate | null; readonly onClose: () => void };
type Choice = { readonly origin: PairOrigin; readonly name: string; readonly note: string };

/** What is exported, in which format, where to. The first lines are shown as they will be written; an existing file is asked about in place. */
export const ExportSheet = ({ origin: given, predicate: shown, onClose }: Props) => {
  const app = useApp();
  const runs = useQuery('mine.runs', {}, { touches: ['runs'] }).data ?? [];
  const collections = useSlice('collections', (slice) => slice.value) ?? [];
  const choices: readonly Choice[] = [
    ...runs.filter((run) => run.state === 'ready').map((run) => ({ origin: { run: run.id }, name: run.name, note: t('export.run') })),
    ...collections.filter((each) => each.kind === 'bitext').map((each) => ({ origin: { collection: each.id }, name: each.name, note: t('export.bitext') })),
  ];
  const [picked, setPicked] = useState<PairOrigin | null>(given);
  const origin = picked ?? choices[0]?.origin ?? null;
  const choice = origin === null ? undefined : choices.find((each) => originKey(each.origin) === originKey(origin));
  // An imported bitext is never proposed to be written over the file that it came from.
  const proposed = choice === undefined ? 'pairs' : 'run' in choice.origin ? choice.name : withoutIsolates(t('export.proposed', { name: choice.name }));
  const [format, setFormat] = useState<ExportFormat>('tsv');
  const [written, setPath] = useState<string>();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [exists, setExists] = useState(false);
  const [failure, setFailure] = useState<FailureData>();
  const [busy, setBusy] = useState(false);
  const columns = useQuery('pairs.columns', origin === null ? null : { origin }, { touches: ['pairs', 'runs'] }).data ?? [];
  const roots = useQuery('project.browse', { folder: null }).data?.entries ?? [];
  const path = written ?? inFolder(roots[0]?.path, suggestName(proposed, format));
  const [filtered, setFiltered] = useState(shown !== null);
  const sameOrigin = given !== null && origin !== null && originKey(given) === originKey(origin);
  const withColumns = takesColumns(format);
  const asker = useAsker();
  const [judged, setJudged] = useState(false);
  const request: ExportRequest | null = origin === null ? null
    : { origin, predicate: filtered && sameOrigin ? shown : null, format, path: path === '' ? suggestName(proposed, format) : path, columns: withColumns ? columns.filter((column) => !left.has(column.name)).map((column) => column.name) : [], review: judged && withColumns, overwrite: false, ...asker };
  const preview = useQuery('export.preview', request === null ? null : { request }, { touches: ['pairs', 'runs'] });

  const pick = async (): Promise<void> => {
    const [chosen] = await app.stores.ui.getState().choose({ want: 'save', title: t('export.where'), button: t('export.here'), endings: [], suggestedName: suggestName(proposed, format) });
    if (chosen !== undefined) { setPath(chosen); setExists(false); setFailure(undefined); }
  };
  const start = async (overwrite: boolean): Promise<void> => {
    // The button stays enabled meanwhile, so that it keeps the keyboard.
    if (request === null || busy) return;
    setBusy(true);
    setExists(false);
    setFailure(undefined);
    try {
      const { job } = await app.link.call('export.start', { ...request, overwrite });
      onClose();
      app.stores.ui.getState().open({ kind: 'jobs', job });
    } catch (error) {
      const data = toFailureData(error);
      if (data.code === 'file-exists') setExists(true); else setFailure(data);
      setBusy(false);
    }
  };
  const pairs = preview.data?.pairs ?? 0;

  return (
    <Sheet title={t('export.title')} note={t('export.note')} width={940} onClose={onClose} foot={(
      <>
        <span className="small dim">{t('export.manifest')}</span><span className="grow" />
        <Button quiet onPress={onClose}>{t('choose.cancel')}</Button>
        <Button primary disabled={request === null || path === '' || pairs === 0} onPress={() => void start(false)}>{pairs === 0 ? t('export.startNone') : t('export.start', { count: pairs })}</Button>
      </>
    )}>
      <div className={css['body']}>
        <div className={css['form']}>
          <Select tall label={t('export.what')} value={origin === null ? null : originKey(origin)} placeholder={t('export.nothing')} onChange={(key) => { const next = choices.find((each) => originKey(each.origin) === key); if (next !== undefined) setPicked(next.origin); }}
            options={choices.map((each): Option<string> => ({ value: originKey(each.origin), label: each.name, note: each.note }))} disabled={choices.length === 0} />
          <Select tall label={t('export.format')} value={format} options={formats.map((value) => ({ value, label: t(`export.format.${value}`) }))} onChange={(next) => { setFormat(next); setPath(written === undefined ? undefined : withEnding(written, next)); setExists(false); }} />
          <div className={css['path']}><Field tall label={format === 'moses' ? t('export.stem') : t('export.path')} value={path} onChange={(next) => { setPath(next); setExists(false); }} /><Button icon={FolderOpen} label={t('export.choose')} onPress={() => void pick()}>{t('export.browse')}</Button></div>
          {format === 'xlsx' ? null : <p className="small dimmer">{t('export.packed')}</p>}
          {format === 'keops' ? <p className="small dimmer">{t('export.keopsWords')}</p> : null}
          {shown !== null && sameOrigin ? <Checkbox checked={filtered} onChange={setFiltered}>{t('export.filtered')}</Checkbox> : null}
          {withColumns ? <Checkbox checked={judged} onChange={setJudged}>{t('export.review')}</Checkbox> : null}
          {withColumns && columns.length > 0 ? (
            <div className={css['group']} role="group" aria-label={t('export.columns')}><span className={css['label']}>{t('export.columns')}</span>
              <div className={css['columns']}>{columns.map((column) => <Checkbox key={column.name} checked={!left.has(column.name)} onChange={(keep) => setLeft(keep ? new Set([...left].filter((each) => each !== column.name)) : new Set([...left, column.name]))}><bdi>{tIfAny(`review.column.${column.name}`, column.name)}</bdi></Checkbox>)}</div>
            </div>
          ) : null}
        </div>
        <div className={css['sample']}>
          <div className={css['figures']}>
            <p><span className={`figure ${preview.stale ? 'is-stale' : ''}`}>{preview.data === undefined ? '' : count(pairs)}</span> <span className="dim">{preview.data === undefined ? '' : t('export.kept', { count: pairs })}</span></p>
            <ul className={css['files']}>{path === '' ? <li>{t('export.noPath')}</li> : preview.data?.files.map((file) => <li key={file}><bdi>{file}</bdi></li>)}</ul>
          </div>
          {choices.length === 0 ? <p className="dim" style={{ padding: 16 }}>{t('export.nothingWords')}</p> : null}
          {preview.failure === undefined ? null : <div style={{ padding: 16 }}><Notice failure={preview.failure} /></div>}
          {preview.data === undefined ? null : <pre className={css['head']} tabIndex={0} aria-label={t('export.head')}>{preview.data.head}</pre>}
          {exists ? (
            <div className={css['question']}><Notice failure={{ code: 'file-exists', message: t('export.exists'), detail: t('export.existsWords') }}>
              <Button small onPress={() => void start(true)}>{t('export.overwrite')}</Button><Button small quiet onPress={() => void pick()}>{t('export.other')}</Button>
            </Notice></div>
          ) : null}
          {failure === undefined ? null : <div className={css['question']}><Notice failure={failure} /></div>}
        </div>
      </div>
    </Sheet>
  );
};
