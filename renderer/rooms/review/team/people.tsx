import { useState } from 'react';
import type { Annotator } from '../../../../main/contract/review-team.ts';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { count } from '../../../strings/numbers.ts';
import { Button, TextButton } from '../../../widgets/button.tsx';
import { Field } from '../../../widgets/field.tsx';
import { Progress } from '../../../widgets/progress.tsx';
import { useQueues } from '../queues/origins.ts';
import css from './team.module.css';

/** How far everybody has come. What people got wrong is nobody's list: disagreement is shown pair by pair, where it is decided. */
export const People = ({ people, me }: { readonly people: readonly Annotator[]; readonly me: number | undefined }) => {
  const app = useApp();
  const [name, setName] = useState('');
  const [renaming, setRenaming] = useState<{ readonly id: number; readonly name: string }>();
  const queues = useQueues(me).data ?? [];
  const most = Math.max(1, ...people.map((each) => each.judged));
  const add = (): void => { if (name.trim() !== '') void app.attempt(async () => { await app.link.call('review.addAnnotator', { name: name.trim() }); setName(''); }); };
  const rename = (): void => { if (renaming !== undefined && renaming.name.trim() !== '') void app.attempt(async () => { await app.link.call('review.renameAnnotator', { id: renaming.id, name: renaming.name.trim() }); setRenaming(undefined); }); };
  return (
    <div className={css['part']}>
      <table className={css['table']}>
        <thead><tr><th>{t('team.name')}</th><th>{t('team.judged')}</th><th>{t('team.today')}</th><th>{t('team.perHour')}</th><td /></tr></thead>
        <tbody>{people.map((each) => (
          <tr key={each.id}>
            <th scope="row">{renaming?.id === each.id ? <Field label={t('team.name')} bare autoFocus value={renaming.name} onChange={(next) => setRenaming({ id: each.id, name: next })} onEnter={rename} /> : <><bdi>{each.name}</bdi>{each.id === me ? <span className="dim"> {t('team.you')}</span> : null}</>}
              <Progress share={each.judged / most} state="running" label={t('team.progressOf', { name: each.name })} /></th>
            <td>{count(each.judged)}</td><td>{count(each.today)}</td><td>{each.perHour === null ? t('team.tooFewShort') : count(Math.round(each.perHour))}</td>
            <td>{renaming?.id === each.id ? <TextButton onPress={rename}>{t('review.desk.save')}</TextButton> : <TextButton label={t('team.renameOne', { name: each.name })} onPress={() => setRenaming({ id: each.id, name: each.name })}>{t('team.rename')}</TextButton>}</td>
          </tr>
        ))}</tbody>
      </table>
      {queues.length === 0 ? null : (
        <section className={css['part']}>
          <h3>{t('team.yourQueues')}</h3>
          <ul className={css['queues']}>{queues.map((queue) => (
            <li key={queue.id}><bdi className="ellipsis">{queue.name}</bdi><Progress share={queue.pairs === 0 ? 1 : queue.judged / queue.pairs} state={queue.judged === queue.pairs ? 'done' : 'running'} label={queue.name} /><span className="small dim nowrap">{t('team.judgedOf', { judged: count(queue.judged), pairs: count(queue.pairs) })}</span></li>
          ))}</ul>
        </section>
      )}
      <div className={css['row']}><Field label={t('team.add')} value={name} onChange={setName} onEnter={add} /><Button small disabled={name.trim() === ''} onPress={add}>{t('team.addButton')}</Button></div>
      <p className="small dimmer">{t('team.pauses')}</p>
    </div>
  );
};
