import type { PairOrigin } from '../../contract/pairs.ts';
import { cellText } from '../../domain/formats/pair-writer.ts';
import type { Project } from '../../store/api.ts';
import { createPacer } from '../../store/pacer.ts';
import { goneColumn } from '../../store/review-columns.ts';

/** A line that names a pair by its number, by its texts, or by both; a number whose texts are others is not believed. */
export type Sought = { readonly line: number; readonly pair: number | null; readonly texts: readonly [source: string, target: string] | null };

/** The pair, or why there is none. */
export type Found = { readonly pair: number } | { readonly reason: string };

/** Pairs whose texts are read, and lines that are looked at, before somebody else may have a turn. */
const [slice, manyLines] = [1_024, 16_384];
const turn = 8;

/**
 * The pairs that lines of a file speak of.
 *
 * Texts are compared as they were imported, else as they read now, both as cells of a table. Looking for texts goes through all pairs once (about 6 s a million);
 * of two lines that speak of one pair the first is believed.
 */
export const findPairs = async (project: Project, origin: PairOrigin, sought: readonly Sought[], signal: AbortSignal): Promise<readonly Found[]> => {
  const pace = createPacer(signal, turn);
  const wanted = new Set<string>();
  const named = await byNumber(project, origin, sought, wanted, signal);
  const pairOf = await pairsOfTexts(project, origin, wanted, signal);
  const taken = new Map<number, number>();
  const found: Found[] = [];
  for (const [at, one] of sought.entries()) {
    if (at % manyLines === manyLines - 1) await pace();
    const { pair: numbered, key = null } = named[at] ?? {};
    const pair = numbered ?? (key === null ? undefined : pairOf(key));
    const earlier = pair === undefined ? undefined : taken.get(pair);
    if (pair === undefined || earlier !== undefined) {
      found.push({ reason: pair === undefined ? whyNot(one) : `speaks of pair ${pair}, like line ${earlier ?? 0}` });
      continue;
    }
    taken.set(pair, one.line);
    found.push({ pair });
  }
  return found;
};

type Named = { readonly pair: number | undefined; /** Of its texts, where they have to be looked for. */ readonly key: string | null };

/** Adds to `wanted` what has to be looked for by its texts. */
const byNumber = async (project: Project, origin: PairOrigin, sought: readonly Sought[], wanted: Set<string>, signal: AbortSignal): Promise<readonly Named[]> => {
  const pace = createPacer(signal, turn);
  const { first, count } = project.pairs.range(origin);
  const gone = project.columns.find(origin, goneColumn);
  const found: Named[] = [];
  for (let from = 0; from < sought.length; from += slice) {
    const part = sought.slice(from, from + slice);
    const isHere = ({ pair }: Sought): boolean => pair !== null && pair >= first && pair < first + count;
    const known = part.filter(isHere).map(({ pair }) => pair ?? 0);
    const hidden = gone === null ? [] : project.columns.valuesOf(gone, known);
    const compared = part.filter((one) => isHere(one) && one.texts !== null).map(({ pair }) => pair ?? 0);
    const texts = compared.length === 0 ? null : project.pairs.texts(origin, compared);
    const readsAs = (key: string, at: number): boolean => texts !== null && [texts.original, texts].some(({ source, target }) => keyOf([source[at] ?? '', target[at] ?? '']) === key);
    let [place, comparedPlace] = [0, 0];
    for (const one of part) {
      const key = one.texts === null ? null : keyOf(one.texts);
      const fits = isHere(one) && hidden[place++] !== 1 && (key === null || readsAs(key, comparedPlace));
      if (isHere(one) && key !== null) comparedPlace += 1;
      if (!fits && key !== null) wanted.add(key);
      found.push({ pair: fits ? one.pair ?? undefined : undefined, key: fits ? null : key });
    }
    await pace();
  }
  return found;
};

const pairsOfTexts = async (project: Project, origin: PairOrigin, wanted: ReadonlySet<string>, signal: AbortSignal): Promise<(key: string) => number | undefined> => {
  const [imported, now] = [new Map<string, number>(), new Map<string, number>()];
  const pace = createPacer(signal, turn);
  const ids = wanted.size === 0 ? new Uint32Array(0) : await project.pairs.select(origin, null, signal);
  for (let from = 0; from < ids.length; from += slice) {
    const part = ids.subarray(from, from + slice);
    const texts = project.pairs.texts(origin, part);
    part.forEach((pair, at) => {
      for (const [{ source, target }, places] of [[texts.original, imported], [texts, now]] as const) {
        const key = keyOf([source[at] ?? '', target[at] ?? '']);
        if (wanted.has(key) && !places.has(key)) places.set(key, pair);
      }
    });
    await pace();
  }
  return (key) => imported.get(key) ?? now.get(key);
};

const keyOf = (texts: readonly [string, string]): string => texts.map((text) => cellText(text).text).join('\t');

const whyNot = ({ pair, texts }: Sought): string => {
  if (texts !== null) return 'no pair has these two texts';
  return pair === null ? 'has neither a pair number nor two texts' : `pair ${pair} is not among these pairs, or hidden by a merge`;
};
