import { useRef, useState } from 'react';
import type { PairOrigin, Predicate } from '../../../../main/contract/pairs.ts';
import { toFailureData, type FailureData, type Input } from '../../../link/link.ts';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { count } from '../../../strings/numbers.ts';
import { Button } from '../../../widgets/button.tsx';
import { Chip } from '../../../widgets/chip.tsx';
import { Facts } from '../../../widgets/facts.tsx';
import { KeyCap } from '../../../widgets/key-cap.tsx';
import { Notice } from '../../../widgets/notice.tsx';
import { Progress } from '../../../widgets/progress.tsx';
import { Sheet } from '../../../widgets/sheet.tsx';
import { useAnnotators } from '../annotator.ts';
import { chipWords } from '../filters/chip-words.ts';
import { filterOf, withoutChip } from '../filters/filter.ts';
import { openRows } from '../state.ts';
import { actionOf, newBulkDraft, scopeOf, type BulkDraft, type BulkKind } from './bulk-draft.ts';
import { BulkForm } from './bulk-form.tsx';
import { BulkSample } from './bulk-sample.tsx';
import css from './bulk.module.css';
import { usePreview } from './use-preview.ts';

type Props = { readonly origin: PairOrigin; readonly predicate: Predicate | null; readonly change: BulkKind; readonly annotator: number; readonly onClose: () => void };

const sampleSize = 50;
const firstSeed = 7;

/** One change to everything that matches: the form stays editable at the left, what would come of it stands at the right. */
export const BulkSheet = ({ origin, predicate, change, annotator, onClose }: Props) => {
  const people = useAnnotators();
  const [draft, setDraft] = useState(() => newBulkDraft(change));
  const [filter, setFilter] = useState(() => filterOf(predicate));
  const [excluded, setExcluded] = useState<ReadonlySet<number>>(new Set());
  const [seed, setSeed] = useState(firstSeed);
  const found = actionOf(draft);
  const action = 'why' in found ? undefined : found;
  const scope = action === undefined ? null : { origin, predicate: scopeOf(filter, draft), action, excluded: [...excluded], annotator };
  const preview = usePreview(scope === null ? null : { ...scope, sample: sampleSize, seed });
  const form = useRef<HTMLDivElement>(null);
  const applying = useApply(onClose, () => form.current?.focus());
  const { data } = preview;
  const isRunning = applying.progress !== undefined;
  const isReady = scope !== null && data !== undefined && !preview.stale && !preview.counting && data.changing > 0;
  const nextSample = (): void => setSeed(seed + 1);
  const leave = (): void => { if (isRunning) applying.cancel(); else onClose(); };
  const names = { annotator: (id: number) => people.all.find((each) => each.id === id)?.name ?? String(id) };
  return (
    <Sheet title={titleOf(draft)} note={t('bulk.note')} width={1120} onClose={leave}
      foot={isRunning ? (
        <>
          <div className="grow"><Progress share={applying.progress ?? 0} state="running" label={t('bulk.applying')} /></div>
          <span className="small dim nowrap" role="status">{applying.words}</span>
          <Button onPress={applying.cancel}>{t('choose.cancel')}</Button>
        </>
      ) : (
        <>
          <span className="small dim grow">{'why' in found && draft.kind !== 'replace' ? t(found.why) : t('bulk.oneEntry')}</span>
          <Button onPress={onClose}>{t('choose.cancel')}</Button>
          <Button primary disabled={!isReady} onPress={() => { if (scope !== null) void applying.start(scope, draft); }}>{doWords(draft, data?.changing ?? 0)}</Button>
        </>
      )}>
      <div className={css['columns']} onKeyDown={(event) => { if (event.key.toLowerCase() === 'n' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.nativeEvent.isComposing && !isField(event.target) && data !== undefined) { event.preventDefault(); nextSample(); } }}>
        <div ref={form} className={css['form']} tabIndex={0} role="group" aria-label={t('bulk.form')}>
          <BulkForm draft={draft} onChange={setDraft} disabled={isRunning} fault={'why' in found ? t(found.why) : undefined} reasons={openRows.getState().scheme?.reasons ?? []} />
          <div className={css['labelled']}>
            <span>{t('bulk.scope', { count: filter.of.length })}</span>
            <div className={css['chips']}>
              {filter.of.map((chip, index) => {
                const [field, value] = chipWords(chip, names);
                return <span key={`${index}-${field}`} className={css['chip']}>{index > 0 && filter.join === 'any' ? <span className="small dim">{t('bulk.or')}</span> : null}<Chip field={field} value={value} onRemove={() => setFilter(withoutChip(filter, chip))} /></span>;
              })}
              {filter.of.length === 0 ? <span className="small dim">{t('bulk.everything')}</span> : null}
            </div>
          </div>
          {applying.failure === undefined ? null : <Notice failure={applying.failure} />}
          <div className={`${css['sum']} ${preview.stale ? 'is-stale' : ''}`} aria-busy={(preview.stale || preview.counting) && scope !== null}>
            {preview.counting ? <div className="small dim">{t('bulk.atLeast')}</div> : null}
            <div className="figure" role="status">{data === undefined ? '–' : count(data.changing)}</div>
            <div className="small dim">{data === undefined ? t('bulk.nothingYet') : draft.kind === 'replace' ? t('bulk.pairsAndPlaces', { count: data.changing, places: count(data.places) }) : t('bulk.pairsChange', { count: data.changing })}</div>
            <Facts wide facts={[
              [t('bulk.matched'), data === undefined ? null : count(data.matched)],
              [t('bulk.leftOutByYou'), data === undefined ? null : count(data.excluded)],
              [t('bulk.wouldFail', { count: data?.sample.length ?? sampleSize }), data === undefined ? null : data.wouldFail > 0 ? <b className="is-warn">{count(data.wouldFail)}</b> : count(0)],
            ]} />
          </div>
        </div>
        <section className={css['result']} aria-label={t('bulk.sample')}>
          <div className={css['head']}>
            <h3>{data === undefined ? t('bulk.sample') : t('bulk.sampleOf', { count: data.sample.length, seed: String(seed) })}</h3>
            <Button quiet small disabled={data === undefined || (!preview.counting && data.changing + data.excluded <= data.sample.length) || isRunning} onPress={nextSample}>{t('bulk.nextSample')}<KeyCap chord="N" /></Button>
          </div>
          {preview.failure === undefined ? null : <Notice failure={preview.failure} framed />}
          <div className={`${css['scroll']} ${preview.stale ? css['old'] : ''}`} tabIndex={0} role="group" aria-label={t('bulk.sample')}>
            {data === undefined ? null : data.sample.length === 0 ? <p className={css['nothing']}>{preview.counting ? t('bulk.looking', { done: count(data.looked), total: count(data.matched) }) : t('bulk.nothing')}</p>
              : <BulkSample sample={data.sample} action={action} excluded={excluded} disabled={isRunning} onExclude={(pair, out) => setExcluded(new Set(out ? [...excluded, pair] : [...excluded].filter((each) => each !== pair)))} />}
          </div>
        </section>
      </div>
    </Sheet>
  );
};

const isField = (target: EventTarget): boolean => target instanceof HTMLElement && target.closest('input:not([type="checkbox"], [type="radio"]), textarea, [role="listbox"], button[aria-haspopup]') !== null;

const titleOf = (draft: BulkDraft): string => t(draft.kind === 'replace' ? `bulk.title.replace.${draft.side}` : `bulk.kind.${draft.kind}`);

const doWords = (draft: BulkDraft, pairs: number): string => (draft.kind === 'decide' ? t(`bulk.do.${draft.decision}`, { count: pairs }) : draft.kind === 'flag' ? t(draft.value ? 'bulk.do.flag' : 'bulk.do.unflag', { count: pairs }) : t(`bulk.do.${draft.kind}`, { count: pairs }));
const doneWords = (draft: BulkDraft, pairs: number): string => (draft.kind === 'decide' ? t(`bulk.done.${draft.decision}`, { count: pairs }) : draft.kind === 'flag' ? t(draft.value ? 'bulk.done.flag' : 'bulk.done.unflag', { count: pairs }) : t(`bulk.done.${draft.kind}`, { count: pairs }));

type Scope = Input<'review.bulkApply'>;

/** Makes the change, telling how far it is; cancelling takes back what was done, and the form is there again. */
const useApply = (onDone: () => void, onBack: () => void) => {
  const app = useApp();
  const controller = useRef<AbortController>(undefined);
  const [state, setState] = useState<{ readonly progress?: { readonly done: number; readonly total: number }; readonly failure?: FailureData }>({});
  return {
    progress: state.progress === undefined ? undefined : state.progress.done / Math.max(1, state.progress.total),
    words: state.progress === undefined ? '' : t('bulk.progress', { done: count(state.progress.done), total: count(state.progress.total) }),
    failure: state.failure,
    cancel: () => controller.current?.abort(),
    start: async (scope: Scope, draft: BulkDraft): Promise<void> => {
      controller.current = new AbortController();
      setState({ progress: { done: 0, total: 0 } });
      try {
        const { changed } = await app.link.stream('review.bulkApply', scope, { signal: controller.current.signal, onItem: (progress) => setState({ progress }) });
        onDone();
        app.stores.ui.getState().say({ text: doneWords(draft, changed), undo: true });
      } catch (thrown) {
        const failure = toFailureData(thrown);
        // The button that was pressed goes with the progress.
        onBack();
        setState(failure.code === 'cancelled' ? {} : { failure });
        if (failure.code === 'cancelled') app.stores.ui.getState().say({ text: t('bulk.cancelled') });
      }
    },
  };
};
