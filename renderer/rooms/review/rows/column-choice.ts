import { useMemo, useSyncExternalStore } from 'react';
import { createKept, isRecord } from '../../../stores/kept.ts';
import { useSlice } from '../../../stores/hooks.tsx';

/** Which columns stand beside the texts, and how wide: kept by project in this browser. */
export type ColumnChoice = { readonly spine: string | null; readonly shown: readonly string[]; readonly widths: Readonly<Record<string, number>> };

export const usualColumns: ColumnChoice = { spine: null, shown: ['signs', 'by'], widths: {} };

const readChoice = (found: unknown): ColumnChoice | undefined => {
  if (!isRecord(found) || !Array.isArray(found['shown']) || !isRecord(found['widths'])) return undefined;
  return {
    spine: typeof found['spine'] === 'string' ? found['spine'] : null,
    shown: found['shown'].filter((each): each is string => typeof each === 'string'),
    widths: Object.fromEntries(Object.entries(found['widths']).filter((entry): entry is [string, number] => typeof entry[1] === 'number')),
  };
};

const kept = createKept<Readonly<Record<string, ColumnChoice>>>('dragoman.review.columns', {}, (found) => (isRecord(found)
  ? Object.fromEntries(Object.entries(found).flatMap(([project, choice]) => { const read = readChoice(choice); return read === undefined ? [] : [[project, read] as const]; }))
  : undefined));

export type ColumnChoosing = { readonly choice: ColumnChoice; readonly change: (part: Partial<ColumnChoice>) => void };

export const useColumnChoice = (): ColumnChoosing => {
  const project = useSlice('project', (slice) => slice.value?.path ?? '');
  const all = useSyncExternalStore(kept.subscribe, kept.read);
  const choice = all[project] ?? usualColumns;
  return useMemo(() => ({ choice, change: (part) => kept.write({ ...kept.read(), [project]: { ...choice, ...part } }) }), [choice, project]);
};
