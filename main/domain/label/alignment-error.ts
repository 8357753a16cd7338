import type { Link } from './similarity-links.ts';

/** Gold links of a sentence pair: sure ones, and possible ones, which hold the sure ones too. */
export type GoldLinks = { readonly sure: readonly Link[]; readonly possible: readonly Link[] };

/** Counts of one or more sentence pairs: they add up, so a corpus figure and its bootstrap need nothing else. */
export type LinkCounts = { readonly links: number; readonly sure: number; readonly inSure: number; readonly inPossible: number };

export type LinkScores = { readonly precision: number; readonly recall: number; readonly f1: number; readonly errorRate: number };

export const countLinks = (links: readonly Link[], { sure, possible }: GoldLinks): LinkCounts => {
  const name = (link: Link): string => link.join('-');
  const [certain, allowed] = [new Set(sure.map(name)), new Set([...sure, ...possible].map(name))];
  const own = new Set(links.map(name));
  const within = (set: ReadonlySet<string>): number => [...own].filter((link) => set.has(link)).length;
  return { links: own.size, sure: certain.size, inSure: within(certain), inPossible: within(allowed) };
};

export const addCounts = (left: LinkCounts, right: LinkCounts): LinkCounts => ({ links: left.links + right.links, sure: left.sure + right.sure, inSure: left.inSure + right.inSure, inPossible: left.inPossible + right.inPossible });

/**
 * Precision |A and P| / |A|, recall |A and S| / |S|, alignment error rate 1 - (|A and S| + |A and P|) / (|A| + |S|) (Och and Ney 2003).
 *
 * No links at all against gold links have error rate 1; no links where there are no gold ones have 0.
 */
export const linkScores = ({ links, sure, inSure, inPossible }: LinkCounts): LinkScores => {
  const precision = links === 0 ? Number(sure === 0) : inPossible / links;
  const recall = sure === 0 ? 1 : inSure / sure;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall), errorRate: links + sure === 0 ? 0 : 1 - (inSure + inPossible) / (links + sure) };
};

/**
 * Links in the Pharaoh format, `0-0 1p2 3-4`: `-` sure, `p` possible, counted from `base`.
 *
 * Throws a RangeError that names the place of what cannot be read.
 */
export const readPharaoh = (line: string, base: 0 | 1 = 0): GoldLinks => {
  const [sure, possible]: [Link[], Link[]] = [[], []];
  for (const match of line.matchAll(/\S+/gu)) {
    const parts = /^(\d+)([-p])(\d+)$/u.exec(match[0]);
    const link: Link = [Number(parts?.[1]) - base, Number(parts?.[3]) - base];
    if (parts === null || link[0] < 0 || link[1] < 0) throw new RangeError(`"${match[0]}" at column ${match.index + 1} is no link: links are written 3-4 (sure) or 3p4 (possible), counted from ${base}.`);
    possible.push(link);
    if (parts[2] === '-') sure.push(link);
  }
  return { sure, possible };
};

export const writePharaoh = ({ sure, possible }: GoldLinks, base: 0 | 1 = 0): string => {
  const certain = new Set(sure.map((link) => link.join('-')));
  return possible.map(([source, target]) => `${source + base}${certain.has(`${source}-${target}`) ? '-' : 'p'}${target + base}`).join(' ');
};
