import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { LabelledSpan } from '../../main/domain/label-formats/labelled-sentence.ts';
import { sharedPath } from '../../tests/shared-data.ts';

/**
 * Labelled sentence pairs for measuring projection: verses of the New Testament, with the names of bible-names.tsv that occur once on both sides.
 *
 * The names were listed by hand, with the inflected forms of each translation. Longer names win over those inside them (`Jesus Christ` over `Jesus`); a name
 * that a verse has twice on a side, or only on one side, is not counted there. Spans are paired: source span i belongs to target span i.
 */
export type GoldPair = { readonly verse: string; readonly source: GoldSide; readonly target: GoldSide };
export type GoldSide = { readonly text: string; readonly spans: readonly LabelledSpan[] };

export type GoldPart = 'develop' | 'test';
type Name = { readonly label: string; readonly forms: Readonly<Record<string, readonly string[]>> };

/** Matthew to John; the rest is reported. */
const developBooks = ['MAT', 'MRK', 'LUK', 'JHN'];

export const readGold = (source: string, target: string, part: GoldPart): GoldPair[] => {
  const names = readNames();
  const [left, right] = [findNames(names, source), findNames(names, target)];
  const targets = new Map(verses(target));
  return verses(source).flatMap(([verse, text]): GoldPair[] => {
    const translation = targets.get(verse);
    if (translation === undefined || developBooks.includes(verse.split('.')[0] ?? '') !== (part === 'develop')) return [];
    const [inSource, inTarget] = [left(text), right(translation)];
    const common = [...inSource.keys()].filter((name) => inTarget.has(name));
    if (common.length === 0) return [];
    const spans = (found: ReadonlyMap<number, Found>): LabelledSpan[] => common.flatMap((name) => { const place = found.get(name); return place === undefined ? [] : [{ ...place, label: names[name]?.label ?? '' }]; });
    return [{ verse, source: { text, spans: spans(inSource) }, target: { text: translation, spans: spans(inTarget) } }];
  });
};

const verses = (language: string): (readonly [string, string])[] => {
  const folder = sharedPath('data/bible');
  if (folder === null) throw new Error('The Bible files of the shared data are not here.');
  return gunzipSync(readFileSync(join(folder, `${language}.tsv.gz`))).toString('utf8').split('\n').filter((line) => line.includes('\t')).map((line) => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)] as const);
};

const readNames = (): Name[] => {
  const [head = '', ...lines] = readFileSync(new URL('./bible-names.tsv', import.meta.url), 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return { label: cells[0] ?? '', forms: Object.fromEntries(columns.slice(1).map((language, at) => [language, (cells[at + 1] ?? '').split('|')])) };
  });
};

type Found = { readonly start: number; readonly end: number };

/** For a text the names that it has exactly once, by number, with their places. */
const findNames = (names: readonly Name[], language: string): ((text: string) => Map<number, Found>) => {
  const known = new Map<string, number[]>();
  for (const [number, { forms }] of names.entries()) for (const form of forms[language] ?? []) known.set(form, [...known.get(form) ?? [], number]);
  const escaped = [...known.keys()].sort((left, right) => right.length - left.length).map((form) => form.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}]|-\\p{L})`, 'gu');
  return (text) => {
    const found = new Map<number, Found | null>();
    for (const match of text.matchAll(pattern)) {
      for (const number of known.get(match[0]) ?? []) found.set(number, found.has(number) ? null : { start: match.index, end: match.index + match[0].length });
    }
    return new Map([...found].filter((one): one is [number, Found] => one[1] !== null));
  };
};
