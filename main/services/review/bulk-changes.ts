import type { PairOrigin } from '../../contract/pairs.ts';
import type { Side } from '../../contract/review.ts';
import type { BulkAction } from '../../contract/review-bulk.ts';
import { editedText } from '../../domain/review/edited-text.ts';
import { normalise } from '../../domain/review/normalise.ts';
import type { Project } from '../../store/api.ts';
import type { PairTexts } from '../../store/api-review.ts';
import { columnsOfJudge, decisionCode, flagBits, flagsColumn } from '../../store/review-columns.ts';
import { languagesOfPairs } from './languages.ts';
import { createReplacer, type Replacer } from './replace-thread.ts';

/** What an action would do to some pairs: those it changes, and where it is about texts, both of each as they would read (as they are, where undefined). */
export type Changes = {
  readonly pairs: Uint32Array;
  readonly source: readonly (string | undefined)[]; readonly target: readonly (string | undefined)[];
  readonly texts: PairTexts;
  /** Places found in each pair; 1 for an action that is not about places. */
  readonly places: readonly number[];
};

/** Says what would change, a slice of at most 2,048 pairs at a time; writes nothing. */
export type Changer = { changes(ids: Uint32Array): Promise<Changes>; close(): void };

type BySide<T> = { readonly source: T; readonly target: T };
const noTexts: PairTexts = { source: [], target: [], original: { source: [], target: [] } };

/** @throws Failure `bad-input` where the action itself cannot be done, before anything is read. */
export const createChanger = (project: Project, origin: PairOrigin, action: BulkAction, annotator: number): Changer => {
  switch (action.kind) {
    case 'decide': return ofColumn(project, origin, columnsOfJudge(annotator).decision, (value) => value !== decisionCode(action.decision));
    case 'flag': return ofColumn(project, origin, flagsColumn, (value) => ((value & flagBits[action.flag]) !== 0) !== action.value);
    case 'swap': return ofTexts(project, origin, ['source', 'target'], async (texts) => ({ source: texts.target.map(once), target: texts.source.map(once) }));
    case 'restore': return ofTexts(project, origin, sidesOf(action.side), async ({ original }) => ({ source: original.source.map(once), target: original.target.map(once) }));
    case 'normalise': {
      const clean = (text: string) => once(normalise(text, action.steps));
      return ofTexts(project, origin, sidesOf(action.side), async (texts) => ({ source: texts.source.map(clean), target: texts.target.map(clean) }));
    }
    case 'replace': {
      const languages = languagesOfPairs(project, origin);
      const replacers = sidesOf(action.side).map((side): readonly [Side, Replacer] => [side, createReplacer(action, languages[side])]);
      const run = async (texts: PairTexts, side: Side) => (await replacers.find(([one]) => one === side)?.[1].run(texts[side]) ?? []).map(({ text, places }) => ({ text: places === 0 ? text : editedText(text), places }));
      return ofTexts(project, origin, sidesOf(action.side), async (texts) => ({ source: await run(texts, 'source'), target: await run(texts, 'target') }), () => { for (const [, replacer] of replacers) replacer.close(); });
    }
  }
};

export const sidesOf = (side: Side | 'both'): readonly Side[] => (side === 'both' ? ['source', 'target'] : [side]);

type Found = { readonly text: string; readonly places: number };
const once = (text: string): Found => ({ text, places: 1 });

const ofColumn = (project: Project, origin: PairOrigin, name: string, differs: (value: number) => boolean): Changer => ({
  changes: async (ids) => {
    const column = project.columns.find(origin, name);
    const values = column === null ? [] : project.columns.valuesOf(column, ids);
    const pairs = ids.filter((_, at) => differs(Number(values[at] ?? 0)));
    return { pairs, source: [], target: [], texts: noTexts, places: Array.from(pairs, () => 1) };
  },
  close: () => undefined,
});

const ofTexts = (project: Project, origin: PairOrigin, sides: readonly Side[], find: (texts: PairTexts) => Promise<BySide<readonly Found[]>>, close: () => void = () => undefined): Changer => ({
  close,
  changes: async (ids) => {
    const now = project.pairs.texts(origin, ids, sides);
    const found = await find(now);
    const differs = (side: Side, at: number): boolean => found[side][at] !== undefined && found[side][at]?.text !== now[side][at];
    const kept = Array.from(ids.keys()).filter((at) => differs('source', at) || differs('target', at));
    const wanted = (side: Side) => kept.map((at) => (differs(side, at) ? found[side][at]?.text : undefined));
    const pick = (texts: readonly string[]): readonly string[] => (texts.length === 0 ? [] : kept.map((at) => texts[at] ?? ''));
    return {
      pairs: Uint32Array.from(kept, (at) => ids[at] ?? 0), source: wanted('source'), target: wanted('target'),
      texts: { source: pick(now.source), target: pick(now.target), original: { source: pick(now.original.source), target: pick(now.original.target) } },
      places: kept.map((at) => (differs('source', at) ? found.source[at]?.places ?? 0 : 0) + (differs('target', at) ? found.target[at]?.places ?? 0 : 0)),
    };
  },
});
