import type { Run } from '../../../main/contract/mine.ts';

/** What an address of the room shows. */
export type Place =
  | { readonly view: 'start' }
  | { readonly view: 'run'; readonly run: Run }
  | { readonly view: 'compare'; readonly run: Run; readonly other: number | undefined }
  | { readonly view: 'hubs'; readonly run: Run };

/** `#/mine` is the newest run, or the form where there is none; `new`, `12`, `12/compare/11`, `12/hubs` say what they are. */
export const placeOf = (path: readonly string[], runs: readonly Run[]): Place => {
  if (path[0] === 'new') return { view: 'start' };
  const run = path[0] === undefined ? runs[0] : runs.find((each) => each.id === Number(path[0]));
  if (run === undefined) return { view: 'start' };
  if (path[1] === 'compare') return { view: 'compare', run, other: path[2] === undefined ? undefined : Number(path[2]) };
  if (path[1] === 'hubs') return { view: 'hubs', run };
  return { view: 'run', run };
};

export const isRunning = (run: Run): boolean => run.state === 'planned' || run.state === 'running';
