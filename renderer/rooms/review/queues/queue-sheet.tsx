import { useState } from 'react';
import type { PairOrigin, Predicate } from '../../../../main/contract/pairs.ts';
import type { Sampling } from '../../../../main/contract/review-queues.ts';
import { useApp, useQuery } from '../../../stores/hooks.tsx';
import { listed, t } from '../../../strings/catalogue.ts';
import { count, readNumber } from '../../../strings/numbers.ts';
import { rich } from '../../../strings/rich.tsx';
import { Button } from '../../../widgets/button.tsx';
import { Checkbox } from '../../../widgets/checkbox.tsx';
import { Field } from '../../../widgets/field.tsx';
import { Segmented } from '../../../widgets/segmented.tsx';
import { Select } from '../../../widgets/select.tsx';
import { Sheet } from '../../../widgets/sheet.tsx';
import { addAnnotator, useAnnotators } from '../annotator.ts';
import { chipWords, columnName } from '../filters/chip-words.ts';
import { filterOf } from '../filters/filter.ts';
import { addressOf, wholeQueue } from '../place.ts';
import { useCount } from '../rows/use-count.ts';
import { samplingOf, samplingWords, type QueueDraft } from './queue-draft.ts';
import css from './queues.module.css';

type Props = { readonly origin: PairOrigin; readonly predicate: Predicate | null; readonly kind?: Sampling['kind']; readonly onClose: () => void };

const kinds = ['all', 'random', 'stratified', 'around', 'uncertainty'] as const;

/** Opens a queue: which of the pairs that match, in which order, for whom. What is chosen is frozen; the seed makes the choice repeatable. */
export const QueueSheet = ({ origin, predicate, kind = 'all', onClose }: Props) => {
  const app = useApp();
  const people = useAnnotators();
  const schemes = useQuery('review.schemes', {}, { touches: ['project'] }).data ?? [];
  const columns = useQuery('pairs.columns', { origin }).data ?? [];
  const counting = useCount({ origin, predicate });
  const scores = columns.filter((column) => column.kind === 'score').map((column) => column.name);
  const [typed, setTyped] = useState<QueueDraft>({ kind, column: '', count: '100', bands: '5', value: '', seed: '7', order: 'none', name: '' });
  const [shared, setShared] = useState<readonly number[]>([]);
  const [overlap, setOverlap] = useState('20');
  const [blind, setBlind] = useState(true);
  const [scheme, setScheme] = useState<string>();
  const [me, setMe] = useState('');
  const draft: QueueDraft = { ...typed, column: typed.column === '' ? (scores[0] ?? '') : typed.column };
  const change = (part: Partial<QueueDraft>): void => setTyped({ ...typed, ...part });
  const sampling = samplingOf(draft);
  const name = draft.name.trim() === '' ? samplingWords(draft) : draft.name.trim();
  const share = readNumber(overlap);
  const ready = sampling !== undefined && people.me !== undefined && schemes.length > 0 && (shared.length < 2 || (share !== undefined && share >= 0 && share <= 100));

  const open = async (): Promise<void> => {
    if (sampling === undefined || people.me === undefined) return;
    const annotator = people.me;
    const queue = await app.attempt(() => app.link.call('review.openQueue', {
      origin, name, predicate, sampling, scheme: scheme ?? schemes[0]?.id ?? '', annotators: [...shared], overlap: shared.length < 2 ? 0 : (share ?? 0) / 100, blind: shared.length > 1 && blind, annotator,
    }));
    if (queue === undefined) return;
    onClose();
    app.go(addressOf(wholeQueue(queue.id)));
  };

  const chips = filterOf(predicate).of.map((chip) => chipWords(chip, { annotator: (id) => people.all.find((each) => each.id === id)?.name ?? String(id) }));
  return (
    <Sheet title={t('review.queue.new')} note={t('review.queue.note')} width={620} onClose={onClose}
      foot={<><span className="small dim grow">{sampling === undefined ? t('review.queue.missing') : people.me === undefined ? t('review.queue.noName') : samplingWords(draft)}</span><Button quiet onPress={onClose}>{t('choose.cancel')}</Button><Button primary disabled={!ready} onPress={() => void open()}>{t('review.queue.open')}</Button></>}>
      <div className={css['form']}>
        <section>
          <h3>{t('review.queue.from')}</h3>
          <p className={counting?.count === undefined ? 'dim' : undefined}>{counting === undefined ? t('review.counting') : counting.count === undefined ? t('review.atLeast', { count: counting.atLeast }) : rich('review.queue.matching', { count: count(counting.count), total: count(counting.total ?? counting.count) })}</p>
          {chips.length === 0 ? null : <p className="small dim">{listed(chips.map(([field, value]) => `${field} ${value}`))}</p>}
        </section>
        <section>
          <h3>{t('review.queue.take')}</h3>
          <Segmented label={t('review.queue.take')} value={draft.kind} onChange={(next) => change({ kind: next })} options={kinds.map((value) => ({ value, label: t(`review.sampling.${value}`), disabled: scores.length === 0 && value !== 'all' && value !== 'random' }))} />
          <p className="small dim">{t(`review.sampling.${draft.kind}.words`)}</p>
          <SamplingFields draft={draft} scores={scores} change={change} />
        </section>
        <section className={css['two']}>
          <Field label={t('review.queue.name')} tall value={draft.name} onChange={(next) => change({ name: next })} hint={draft.name.trim() === '' ? t('review.queue.named', { name }) : ''} />
          <Select label={t('review.queue.scheme')} tall value={scheme ?? schemes[0]?.id ?? null} options={schemes.map((each) => ({ value: each.id, label: each.title }))} onChange={setScheme} />
        </section>
        <section>
          <h3>{t('review.queue.people')}</h3>
          {people.known && people.me === undefined ? (
            <div className={css['me']}><Field label={t('review.who.name')} value={me} onChange={setMe} onEnter={() => { if (me.trim() !== '') void addAnnotator(app, me.trim()); }} /><Button small onPress={() => { if (me.trim() !== '') void addAnnotator(app, me.trim()); }} disabled={me.trim() === ''}>{t('review.who.start')}</Button></div>
          ) : null}
          {people.all.length < 2 ? <p className="small dim">{t('review.queue.alone')}</p> : (
            <>
              <div className={css['people']}>{people.all.map((each) => <Checkbox key={each.id} checked={shared.includes(each.id)} onChange={(on) => setShared(on ? [...shared, each.id] : shared.filter((id) => id !== each.id))}><bdi>{each.name}</bdi></Checkbox>)}</div>
              <p className="small dim">{t(shared.length < 2 ? 'review.queue.everybody' : 'review.queue.sharedOut', { count: shared.length })}</p>
              {shared.length < 2 ? null : <div className={css['overlap']}><Field label={t('review.queue.overlap')} numeric value={overlap} onChange={setOverlap} /><Checkbox checked={blind} onChange={setBlind}>{t('review.queue.blind')}</Checkbox></div>}
            </>
          )}
        </section>
      </div>
    </Sheet>
  );
};

const SamplingFields = ({ draft, scores, change }: { readonly draft: QueueDraft; readonly scores: readonly string[]; readonly change: (part: Partial<QueueDraft>) => void }) => {
  const options = scores.map((value) => ({ value, label: columnName(value) }));
  const number = (label: string, key: 'count' | 'bands' | 'value' | 'seed') => <Field label={label} numeric value={draft[key]} onChange={(value) => change({ [key]: value })} />;
  const column = <Select label={t('review.queue.column')} value={draft.column === '' ? null : draft.column} options={options} onChange={(value) => change({ column: value })} />;
  switch (draft.kind) {
    case 'all': return (
      <div className={css['order']}>
        <Select label={t('review.queue.order')} value={draft.order === 'none' ? 'none' : `${draft.column}:${draft.order}`} onChange={(value) => { const [name = '', order = 'none'] = value.split(/:(?=[a-z]+$)/u); change(value === 'none' ? { order: 'none' } : { column: name, order: order === 'down' ? 'down' : 'up' }); }}
          options={[{ value: 'none', label: t('review.queue.asTheyCame') }, ...options.flatMap(({ value, label }) => [{ value: `${value}:down`, label: t('review.queue.highFirst', { column: label }) }, { value: `${value}:up`, label: t('review.queue.lowFirst', { column: label }) }])]} />
      </div>
    );
    case 'random': return <div className={css['fields']}>{number(t('review.queue.count'), 'count')}{number(t('review.queue.seed'), 'seed')}</div>;
    case 'stratified': return <div className={css['fields']}>{column}{number(t('review.queue.bands'), 'bands')}{number(t('review.queue.count'), 'count')}{number(t('review.queue.seed'), 'seed')}</div>;
    case 'around': return <div className={css['fields']}>{column}{number(t('review.queue.value'), 'value')}{number(t('review.queue.count'), 'count')}</div>;
    case 'uncertainty': return <div className={css['fields']}>{column}{number(t('review.queue.count'), 'count')}</div>;
  }
};
