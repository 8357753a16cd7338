import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useAsker } from '../../stores/annotator.ts';
import { useQuery } from '../../stores/hooks.tsx';
import type { Annotators } from './annotator.ts';
import type { Known } from './filters/filter-editor.tsx';
import { derivedColumns } from './rows/columns.tsx';
import type { OpenPairs } from './rows/use-rows.ts';

/** What the pairs on the screen have: scores, labels, checks, files, people. */
export const useKnown = ({ origin, pages }: OpenPairs, people: Annotators, languages: readonly [string, string] | undefined): Known => {
  const columns = useQuery('pairs.columns', origin === undefined ? null : { origin }, { touches: ['project', 'runs', 'collections'] }).data;
  const asker = useAsker();
  const facets = useQuery('pairs.facets', origin === undefined ? null : { origin, predicate: null, by: null, ...asker }, { touches: ['project'] }).data;
  const source = useStore(pages, (known) => languages?.[0] ?? known.row(0)?.source.language ?? 'und');
  const target = useStore(pages, (known) => languages?.[1] ?? known.row(0)?.target.language ?? 'und');
  return useMemo(() => {
    const scores = (columns ?? []).filter((column) => column.kind === 'score').map((column) => column.name);
    const labelNames = (columns ?? []).filter((column) => column.kind === 'label').map((column) => column.name);
    return {
      annotator: (id) => people.all.find((each) => each.id === id)?.name ?? `#${id}`,
      annotators: people.all,
      scores: [...scores, ...derivedColumns.filter((name) => !scores.includes(name))],
      labels: labelNames.map((column) => ({ column, values: (facets?.labels ?? []).filter((label) => label.column === column).map((label) => label.value) })),
      checks: (facets?.checks ?? []).map((each) => each.check),
      files: facets?.files ?? [],
      languages: [source, target],
    };
  }, [columns, facets, people.all, source, target]);
};
