import { useRef } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { useStore } from 'zustand';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { AddChip, Chip } from '../../../widgets/chip.tsx';
import { Segmented } from '../../../widgets/segmented.tsx';
import popover from '../../../widgets/popover.module.css';
import { reviewState } from '../state.ts';
import { chipWords } from './chip-words.ts';
import { draftOf, emptyDraft, type Field } from './draft.ts';
import { FilterEditor, type Known } from './filter-editor.tsx';
import type { Filter } from './filter.ts';
import { goFilter } from './going.ts';
import css from './filters.module.css';

const leave = (): void => reviewState.setState({ chip: undefined, chipKind: undefined });

/** All or any of these must hold. Enter on a chip opens it, Delete takes it away; the dashed one adds another. */
export const FilterChips = ({ filter, known }: { readonly filter: Filter; readonly known: Known }) => {
  const app = useApp();
  const line = useRef<HTMLDivElement>(null);
  const chip = useStore(reviewState, (state) => state.chip);
  const kind = useStore(reviewState, (state) => state.chipKind);
  const buttons = (): readonly HTMLElement[] => [...(line.current?.querySelectorAll<HTMLElement>('[data-chip] button:first-of-type') ?? [])];
  const place = (): HTMLElement | null => (chip === undefined ? null : chip === 'new' ? buttons().at(-1) : buttons()[chip]) ?? null;
  const opened = typeof chip === 'number' ? filter.of[chip] : undefined;
  const firstField = (): Field => (kind === 'text' ? 'text' : known.scores[0] === undefined ? 'text' : `number:${known.scores[0]}`);
  const remove = (index: number): void => {
    goFilter(app, { ...filter, of: filter.of.filter((_, at) => at !== index) });
    // The next chip, or the one that adds, takes the keyboard.
    requestAnimationFrame(() => buttons()[Math.min(index, buttons().length - 1)]?.focus());
  };
  return (
    <div ref={line} className={css['chips']}>
      <Segmented label={t('review.join')} value={filter.join} onChange={(join) => goFilter(app, { ...filter, join })} disabled={filter.of.length < 2} options={[{ value: 'all', label: t('review.join.all') }, { value: 'any', label: t('review.join.any') }]} />
      {filter.of.map((predicate, index) => {
        const [field, value] = chipWords(predicate, known);
        return <span key={`${index}-${field}`} data-chip className={css['one']}><Chip field={field} value={value} onEdit={() => reviewState.setState({ chip: index })} onRemove={() => remove(index)} /></span>;
      })}
      <span data-chip><AddChip label={t('review.filter')} onPress={() => reviewState.setState({ chip: 'new', chipKind: undefined })} /></span>
      {chip === undefined || (typeof chip === 'number' && opened === undefined) ? null : (
        <Popover isOpen triggerRef={{ get current() { return place(); } }} placement="bottom start" offset={6} onOpenChange={(open) => { if (!open) leave(); }} className={`${popover['popover']} ${css['popover']}`}>
          <Dialog aria-label={t(opened === undefined ? 'review.editor.new' : 'review.editor.change')}>
            <FilterEditor key={String(chip)} from={opened === undefined ? emptyDraft(firstField()) : draftOf(opened)} known={known} onLeave={leave}
              onApply={(predicate) => { leave(); goFilter(app, { ...filter, of: typeof chip === 'number' ? filter.of.with(chip, predicate) : [...filter.of, predicate] }); }} />
          </Dialog>
        </Popover>
      )}
    </div>
  );
};
