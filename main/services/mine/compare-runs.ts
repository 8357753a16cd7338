import type { InputOf, OutputOf } from '../../contract/method.ts';
import type { mineContract, Run } from '../../contract/mine.ts';
import type { PairOrigin } from '../../contract/pairs.ts';
import { compareRuns, type ComparedPairs } from '../../domain/mine/compare.ts';
import type { Project } from '../../store/api.ts';

type Request = InputOf<(typeof mineContract)['mine.compare']>;
type Answer = OutputOf<(typeof mineContract)['mine.compare']>;

type Kept = ComparedPairs & { readonly origin: PairOrigin; readonly ids: Uint32Array };

const slice = 4_096;

/** Texts get the same number in both runs, so that a second crawl can be compared with the first though its ordinals differ. */
const numbering = () => {
  const numbers = new Map<string, number>();
  return (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
};

const keptPairs = async (project: Project, run: Run, numbers: { readonly source: (text: string) => number; readonly target: (text: string) => number }): Promise<Kept> => {
  const origin = { run: run.id };
  const ids = await project.pairs.select(origin, { kind: 'kept', value: true });
  const { first, count } = project.pairs.range(origin);
  const column = project.columns.find(origin, 'margin');
  const margins = column === null ? new Float64Array(count) : project.columns.read(column, first, count);
  const result = { source: new Uint32Array(ids.length), target: new Uint32Array(ids.length), margin: Float64Array.from(ids, (id) => margins[id - first] ?? 0) };
  for (let from = 0; from < ids.length; from += slice) {
    const texts = project.pairs.texts(origin, ids.subarray(from, from + slice));
    result.source.set(texts.source.map(numbers.source), from);
    result.target.set(texts.target.map(numbers.target), from);
    await new Promise((go) => { setImmediate(go); });
  }
  return { ...result, origin, ids };
};

/** Pairs that a second run gained, lost or moved, compared by their texts. */
export const compare = async (project: Project, request: Request): Promise<Answer> => {
  const numbers = { source: numbering(), target: numbering() };
  const left = await keptPairs(project, project.runs.get(request.left), numbers);
  const right = await keptPairs(project, project.runs.get(request.right), numbers);
  const found = compareRuns(left, right);
  const chosen = request.kind === 'gained' ? found.gained : request.kind === 'lost' ? found.lost : found.moved.left;
  const page = chosen.slice(request.from, request.from + request.count);
  const from = request.kind === 'gained' ? right : left;
  const { source: sources, target: targets } = project.pairs.texts(from.origin, Array.from(page, (place) => from.ids[place] ?? 0));
  return {
    gained: found.gained.length, lost: found.lost.length, same: found.same, moved: found.moved.left.length,
    rows: Array.from(page, (place, i) => {
      const other = found.moved.right[request.from + i] ?? 0;
      const here = from.margin[place] ?? 0;
      return {
        source: sources[i] ?? '', target: targets[i] ?? '',
        left: request.kind === 'gained' ? null : here,
        right: request.kind === 'gained' ? here : request.kind === 'lost' ? null : right.margin[other] ?? null,
      };
    }),
  };
};
