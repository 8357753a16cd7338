import type { PairOrigin } from '../../contract/pairs.ts';
import type { Side } from '../../contract/review.ts';
import type { BulkAction } from '../../contract/review-bulk.ts';
import { normalise } from '../../domain/review/normalise.ts';
import type { Project } from '../../store/api.ts';
import type { PairTexts } from '../../store/api-review.ts';
import { createPacer } from '../../store/pacer.ts';
import { columnsOfJudge, decisionCode, flagBits, flagsColumn } from '../../store/review-columns.ts';
import { languagesOfPairs } from './languages.ts';
import { createReplacer, type Replacer } from './replace-thread.ts';

/**
 * What an action would do to some pairs: those it changes, and where it is about texts, both of each as they would read.
 *
 * Null gives the imported text back, undefined leaves a text as it is; an empty list leaves the whole side.
 */
export type Changes = {
  readonly pairs: Uint32Array;
  readonly source: readonly (string | null | undefined)[]; readonly target: readonly (string | null | undefined)[];
  /** Places found in each of them; 1 a text for an action that is not about places. */
  readonly places: Uint32Array;
};

/** Says what would change; writes nothing. */
export type Changer = {
  /** At most 32,768 pairs at a time. `wanted`: also how the texts would read, else only of which pairs. */
  changes(ids: Uint32Array, wanted: boolean, signal: AbortSignal): Promise<Changes>;
  close(): void;
};

/** @throws Failure `bad-input` where the action itself cannot be done, before anything is read. */
export const createChanger = (project: Project, origin: PairOrigin, action: BulkAction, annotator: number): Changer => {
  switch (action.kind) {
    case 'decide': return ofColumn(project, origin, columnsOfJudge(annotator).decision, (value) => value !== decisionCode(action.decision));
    case 'flag': return ofColumn(project, origin, flagsColumn, (value) => ((value & flagBits[action.flag]) !== 0) !== action.value);
    case 'swap': return ofTexts(project, origin, ['source', 'target'], (texts, side) => texts[side === 'source' ? 'target' : 'source']);
    case 'restore': return ofTexts(project, origin, sidesOf(action.side), ({ original }, side) => original[side]);
    case 'normalise': return ofTexts(project, origin, sidesOf(action.side), (texts, side) => texts[side].map((text) => normalise(text, action.steps)));
    case 'replace': return ofReplacing(project, origin, action);
  }
};

export const sidesOf = (side: Side | 'both'): readonly Side[] => (side === 'both' ? ['source', 'target'] : [side]);

const ofColumn = (project: Project, origin: PairOrigin, name: string, differs: (value: number) => boolean): Changer => ({
  changes: async (ids) => {
    const column = project.columns.find(origin, name);
    const values = column === null ? [] : project.columns.valuesOf(column, ids);
    const pairs = ids.filter((_, at) => differs(Number(values[at] ?? 0)));
    return { pairs, source: [], target: [], places: new Uint32Array(pairs.length).fill(1) };
  },
  close: () => undefined,
});

/** Pairs whose texts are read in one turn of the event loop. */
const slice = 2_048;

/** Each side becomes what `wantedOf` says. */
const ofTexts = (project: Project, origin: PairOrigin, sides: readonly Side[], wantedOf: (texts: PairTexts, side: Side) => readonly string[]): Changer => ({
  changes: async (ids, _, signal) => {
    const pace = createPacer(signal, 8);
    const found = createFound(ids.length);
    for (let from = 0; from < ids.length; from += slice) {
      const now = project.pairs.texts(origin, ids.subarray(from, from + slice));
      for (const side of sides) {
        wantedOf(now, side).forEach((text, at) => { if (text !== now[side][at]) found.add(side, from + at, text === now.original[side][at] ? null : text, 1); });
      }
      await pace();
    }
    return found.changes(ids);
  },
  close: () => undefined,
});

const ofReplacing = (project: Project, origin: PairOrigin, action: Extract<BulkAction, { readonly kind: 'replace' }>): Changer => {
  const languages = languagesOfPairs(project, origin);
  const replacers = sidesOf(action.side).map((side): readonly [Side, Replacer] => [side, createReplacer(action, languages[side])]);
  const originals = (ids: readonly number[], side: Side): readonly string[] => project.pairs.texts(origin, ids, [side]).original[side];
  return {
    changes: async (ids, wanted, signal) => {
      const found = createFound(ids.length);
      await Promise.all(replacers.map(async ([side, replacer]) => {
        // The thread has a part to work at while the next is read.
        let before: Promise<void> = Promise.resolve();
        for await (const { places, json, isEdited } of project.pairs.packedTexts(origin, ids, side, signal)) {
          await before;
          before = replacer.run(json, wanted).then((replaced) => {
            const was = wanted && isEdited ? originals(replaced.map(({ at }) => ids[places[at] ?? 0] ?? 0), side) : [];
            replaced.forEach(({ at, text, places: times }, no) => found.add(side, places[at] ?? 0, text === was[no] ? null : text, times));
          });
          before.catch(() => undefined);
        }
        await before;
      }));
      return found.changes(ids, wanted);
    },
    close: () => { for (const [, replacer] of replacers) replacer.close(); },
  };
};

/** Gathers the texts of some pairs that would read otherwise, by place. */
const createFound = (count: number) => {
  const edits: { source: (string | null | undefined)[]; target: (string | null | undefined)[] } = { source: [], target: [] };
  const places = new Uint32Array(count);
  return {
    add: (side: Side, at: number, text: string | null, times: number): void => {
      if (edits[side].length === 0) edits[side] = new Array<string | null | undefined>(count).fill(undefined);
      edits[side][at] = text;
      places[at] = (places[at] ?? 0) + times;
    },
    changes: (ids: Uint32Array, wanted = true): Changes => {
      const isChanged = (_: unknown, at: number): boolean => places[at] !== 0;
      return {
        pairs: ids.filter(isChanged), places: places.filter((times) => times > 0),
        source: wanted ? edits.source.filter(isChanged) : [], target: wanted ? edits.target.filter(isChanged) : [],
      };
    },
  };
};
