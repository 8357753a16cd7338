import { useRef, useState } from 'react';
import type { PairOrigin } from '../../../../main/contract/pairs.ts';
import type { Annotator, MergedWork } from '../../../../main/contract/review-team.ts';
import { toFailureData, type FailureData } from '../../../link/link.ts';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { bytes, count } from '../../../strings/numbers.ts';
import { Button } from '../../../widgets/button.tsx';
import { Facts } from '../../../widgets/facts.tsx';
import { Notice } from '../../../widgets/notice.tsx';
import { Select } from '../../../widgets/select.tsx';
import { becomeAnnotator } from '../annotator.ts';
import { addressOf, wholeQueue } from '../place.ts';
import { useQueues } from '../queues/origins.ts';
import css from './team.module.css';

type Props = { readonly origin: PairOrigin; readonly people: readonly Annotator[]; readonly me: number | undefined; readonly queue: number | undefined; readonly onClose: () => void };

const ending = '.jsonl.gz';
/** What a step came to: words, a merge, or why it did not happen and how it could. */
type Told = { readonly words: string } | { readonly merged: MergedWork } | { readonly failure: FailureData; readonly again?: () => void };

/** Work for somebody without the project: a queue goes out as one file, the decisions come back as another. */
export const Packages = ({ origin, people, me, queue, onClose }: Props) => {
  const app = useApp();
  const queues = useQueues(me).data ?? [];
  const [chosen, setChosen] = useState(queue);
  const [forWhom, setForWhom] = useState<number>();
  const [told, setTold] = useState<Told>();
  const isBusy = useRef(false);
  const from = queues.find((each) => each.id === (chosen ?? queue)) ?? queues[0];
  const whom = people.find((each) => each.id === forWhom) ?? people.find((each) => each.id !== me) ?? people[0];
  const { choose } = app.stores.ui.getState();

  const doing = async (work: () => Promise<Told | undefined>): Promise<void> => {
    // A button that is disabled while it works would lose the keyboard; a second press does nothing instead.
    if (isBusy.current) return;
    isBusy.current = true;
    try { const next = await work(); if (next !== undefined) setTold(next); } catch (thrown) { setTold({ failure: toFailureData(thrown) }); }
    isBusy.current = false;
  };
  /** Writes to the chosen path; what stands there already is replaced only when that is said. */
  const writing = (title: string, suggestedName: string, write: (path: string, overwrite: boolean) => Promise<string>) => doing(async () => {
    const [path] = await choose({ want: 'save', title, button: t('choose.save'), endings: [ending], suggestedName });
    if (path === undefined) return undefined;
    const attempt = async (overwrite: boolean): Promise<Told> => {
      try { return { words: await write(path, overwrite) }; } catch (thrown) {
        const failure = toFailureData(thrown);
        return failure.code === 'file-exists' && !overwrite ? { failure, again: () => void doing(() => attempt(true)) } : { failure };
      }
    };
    return attempt(false);
  });
  const reading = (title: string, endings: readonly string[], read: (path: string) => Promise<Told | undefined>) => doing(async () => {
    const [path] = await choose({ want: 'file', title, button: t('choose.read'), endings });
    return path === undefined ? undefined : read(path);
  });

  const writePackage = (): void => { if (from !== undefined && whom !== undefined) void writing(t('team.writePackage'), `${from.name} for ${whom.name}${ending}`, async (path, overwrite) => { const written = await app.link.call('review.writePackage', { queue: from.id, annotator: whom.id, path, overwrite }); return t('team.packageWritten', { count: written.pairs, bytes: bytes(written.bytes), path: written.path }); }); };
  const writeWork = (): void => { if (from !== undefined && me !== undefined) void writing(t('team.writeWork'), `${from.name} by ${people.find((each) => each.id === me)?.name ?? ''}${ending}`, async (path, overwrite) => { const written = await app.link.call('review.writeWork', { queue: from.id, annotator: me, path, overwrite }); return t('team.workWritten', { count: written.judged, path: written.path }); }); };
  const openPackage = (): void => void reading(t('team.openPackage'), [ending], async (path) => {
    const opened = await app.link.call('review.openPackage', { path });
    becomeAnnotator(app, opened.annotator);
    onClose();
    app.go(addressOf(wholeQueue(opened.queue)));
    return undefined;
  });
  const mergeWork = (): void => void reading(t('team.mergeWork'), [ending], async (path) => ({ merged: await app.link.call('review.mergeWork', { path }) }));
  const importDecisions = (): void => { if (me !== undefined) void reading(t('team.importDecisions'), [], async (path) => ({ merged: await app.link.call('review.importDecisions', { origin, path, annotator: me }) })); };

  return (
    <div className={css['part']}>
      <section className={css['part']}>
        <h3>{t('team.goesOut')}</h3>
        <p className="small dim">{t('team.goesOutWords')}</p>
        {queues.length === 0 ? <p className="small">{t('team.noQueue')}</p> : (
          <div className={css['row']}>
            <Select label={t('team.queue')} value={from === undefined ? null : String(from.id)} options={queues.map((each) => ({ value: String(each.id), label: each.name, note: t('review.pairs', { count: each.pairs }) }))} onChange={(id) => setChosen(Number(id))} />
            <Select label={t('team.forWhom')} value={whom === undefined ? null : String(whom.id)} options={people.map((each) => ({ value: String(each.id), label: each.name }))} onChange={(id) => setForWhom(Number(id))} />
            <Button disabled={from === undefined || whom === undefined} onPress={writePackage}>{t('team.writePackage')}</Button>
          </div>
        )}
        <div className={`${css['row']} ${css['words']}`}><Button onPress={mergeWork}>{t('team.mergeWork')}</Button><span className="small dim">{t('team.mergeWords')}</span></div>
      </section>
      <section className={css['part']}>
        <h3>{t('team.comesIn')}</h3>
        <div className={`${css['row']} ${css['words']}`}><Button onPress={openPackage}>{t('team.openPackage')}</Button><span className="small dim">{t('team.openWords')}</span></div>
        <div className={`${css['row']} ${css['words']}`}><Button disabled={from === undefined || me === undefined} onPress={writeWork}>{t('team.writeWork')}</Button><span className="small dim">{from === undefined ? t('team.noQueue') : t('team.workOf', { name: from.name })}</span></div>
      </section>
      <section className={css['part']}>
        <h3>{t('team.table')}</h3>
        <div className={`${css['row']} ${css['words']}`}><Button disabled={me === undefined} onPress={importDecisions}>{t('team.importDecisions')}</Button><span className="small dim">{t('team.tableWords')}</span></div>
      </section>
      {told === undefined ? null : 'words' in told ? <p className={css['told']} role="status">{told.words}</p> : 'merged' in told ? <Merged merged={told.merged} />
        : <Notice failure={told.failure} framed>{told.again === undefined ? null : <Button small onPress={told.again}>{t('export.overwrite')}</Button>}</Notice>}
    </div>
  );
};

/** What a merge took over, and every line that it could not. */
const Merged = ({ merged: { merged, unchanged, conflicts, unknown, unlisted } }: { readonly merged: MergedWork }) => (
  <div className={css['told']} role="status">
    <Facts wide facts={[[t('team.merged'), count(merged)], [t('team.unchanged'), count(unchanged)], [t('team.mergedConflicts'), count(conflicts)], [t('team.unknown'), count(unknown.length + unlisted)]]} />
    {unknown.length === 0 ? null : <ul className={css['unknown']} tabIndex={0} aria-label={t('team.unknown')}>{unknown.map(({ line, reason }) => <li key={line}><span className="dim">{t('team.line', { line: count(line) })}</span> {reason}</li>)}{unlisted > 0 ? <li className="dim">{t('team.moreLines', { count: unlisted })}</li> : null}</ul>}
  </div>
);
