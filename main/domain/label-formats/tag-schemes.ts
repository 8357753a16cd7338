/**
 * Tags that say where a span begins and ends, one a token: `B-PER I-PER O`.
 *
 * IOB2 marks every beginning, IOB1 only a beginning right after a span of the same label; IOE2 and IOE1 do the same with ends; BILOU, BIOES
 * and BMEWO mark beginning, end and spans of one token, each with letters of its own.
 */
export const tagSchemes = ['IOB2', 'IOB1', 'BILOU', 'BIOES', 'BMEWO', 'IOE2', 'IOE1'] as const;
export type TagScheme = (typeof tagSchemes)[number];

/** A labelled range of tokens, from `from` up to but not including `to`. */
export type TokenSpan = { readonly label: string; readonly from: number; readonly to: number };

/** A tag cut in two; null is `O`. */
export type Tag = { readonly letter: string; readonly label: string } | null;

const shape = /^([BIOELUSMW])-(.*\S.*)$/su;

/** @returns undefined for what is no tag */
export const readTag = (text: string): Tag | undefined => {
  if (text === 'O') return null;
  const [, letter, label] = shape.exec(text) ?? [];
  return letter === undefined || label === undefined || letter === 'O' ? undefined : { letter, label };
};

/** What the letters of all schemes mean. */
const roles: Readonly<Record<string, 'begin' | 'inside' | 'end' | 'single'>> = { B: 'begin', I: 'inside', M: 'inside', E: 'end', L: 'end', S: 'single', U: 'single', W: 'single' };

/**
 * Spans of a row of tags of any scheme, as conlleval and seqeval's default mode read them: a tag that cannot go on with the span before it starts a new one.
 */
export const spansOfTags = (tags: readonly Tag[]): TokenSpan[] => {
  const spans: TokenSpan[] = [];
  let open: { readonly label: string; readonly from: number } | null = null;
  for (let at = 0; at <= tags.length; at += 1) {
    const [before, tag] = [tags[at - 1] ?? null, tags[at] ?? null];
    if (open !== null && breaks(before, tag)) {
      spans.push({ ...open, to: at });
      open = null;
    }
    if (open === null && tag !== null) open = { label: tag.label, from: at };
  }
  return spans;
};

const breaks = (before: Tag, tag: Tag): boolean => {
  if (before === null || tag === null || before.label !== tag.label) return true;
  const [left, right] = [roles[before.letter], roles[tag.letter]];
  return left === 'end' || left === 'single' || right === 'begin' || right === 'single';
};

type Letters = { readonly begin: string; readonly inside: string; readonly end: string; readonly single: string };

const letters: Readonly<Record<Exclude<TagScheme, 'IOB1' | 'IOE1'>, Letters>> = {
  IOB2: { begin: 'B', inside: 'I', end: 'I', single: 'B' },
  IOE2: { begin: 'I', inside: 'I', end: 'E', single: 'E' },
  BILOU: { begin: 'B', inside: 'I', end: 'L', single: 'U' },
  BIOES: { begin: 'B', inside: 'I', end: 'E', single: 'S' },
  BMEWO: { begin: 'B', inside: 'M', end: 'E', single: 'W' },
};

/** Tags of `length` tokens. The spans are in order and do not overlap. */
export const tagsOfSpans = (spans: readonly TokenSpan[], length: number, scheme: TagScheme): string[] => {
  const tags = new Array<string>(length).fill('O');
  for (const [index, span] of spans.entries()) {
    const touches = (other: TokenSpan | undefined, left: number | undefined, right: number | undefined): boolean => other?.label === span.label && left === right;
    const [before, after] = [spans[index - 1], spans[index + 1]];
    const chosen = scheme === 'IOB1' ? (touches(before, before?.to, span.from) ? letters.IOB2 : outside(letters.IOB2))
      : scheme === 'IOE1' ? (touches(after, after?.from, span.to) ? letters.IOE2 : outside(letters.IOE2))
        : letters[scheme];
    for (let at = span.from; at < span.to; at += 1) {
      const role = span.to - span.from === 1 ? 'single' : at === span.from ? 'begin' : at === span.to - 1 ? 'end' : 'inside';
      tags[at] = `${chosen[role]}-${span.label}`;
    }
  }
  return tags;
};

/** A span that touches none of its label needs no mark in IOB1 and IOE1. */
const outside = ({ inside }: Letters): Letters => ({ begin: inside, inside, end: inside, single: inside });

const allLetters: Readonly<Record<TagScheme, string>> = { IOB2: 'BI', IOB1: 'BI', BILOU: 'BILU', BIOES: 'BIES', BMEWO: 'BMEW', IOE2: 'IE', IOE1: 'IE' };

/**
 * The scheme that explains the tags with the fewest repairs, of equals the first of {@link tagSchemes}.
 *
 * Repairs are tags that would be written otherwise than they were; letters the scheme does not have count as such.
 */
export const schemeOfTags = (sentences: readonly (readonly Tag[])[]): { readonly scheme: TagScheme; readonly repairs: number } => {
  const used = new Set(sentences.flat().map((tag) => tag?.letter ?? 'O'));
  const counted = tagSchemes.map((scheme) => ({ scheme, repairs: 0, foreign: [...used].filter((letter) => letter !== 'O' && !allLetters[scheme].includes(letter)).length }));
  for (const tags of sentences) {
    if (tags.every((tag) => tag === null)) continue;
    const spans = spansOfTags(tags);
    for (const one of counted) one.repairs += repairsOf(tags, tagsOfSpans(spans, tags.length, one.scheme));
  }
  return counted.reduce((best, one) => (one.foreign < best.foreign || (one.foreign === best.foreign && one.repairs < best.repairs) ? one : best));
};

const repairsOf = (tags: readonly Tag[], written: readonly string[]): number => written.filter((text, at) => text !== tagText(tags[at] ?? null)).length;

export const tagText = (tag: Tag): string => (tag === null ? 'O' : `${tag.letter}-${tag.label}`);
