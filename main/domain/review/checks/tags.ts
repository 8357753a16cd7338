import { oneSided, nothingFound, unanswered, type PairCheck } from './found.ts';
import { tagsOf } from './markup.ts';

/** Tags and entities that stand on one side only. Attributes may differ: they hold addresses and words. */
export const makeTags = (): PairCheck => (source, target) => {
  if (!mayHave(source) && !mayHave(target)) return nothingFound;
  const open = unanswered(tagsOf(source), tagsOf(target), ({ text }) => keyOf(text));
  return oneSided(open.source, open.target);
};

const mayHave = (text: string): boolean => text.includes('<') || text.includes('&');

/** `<a href="x">` is `<a>`, `<br/>` is `<br>`; `&nbsp;` and `&#160;` are the same character. */
const keyOf = (text: string): string => {
  if (text.startsWith('&')) return entities.get(text.toLowerCase()) ?? text;
  const name = /^<\/?[\w:.!-]+/u.exec(text)?.[0] ?? text;
  return name.toLowerCase();
};

const entities: ReadonlyMap<string, string> = new Map([
  ...['&nbsp;', '&#160;', '&#xa0;'].map((one) => [one, '\u00A0'] as const), ...['&quot;', '&#34;', '&#x22;'].map((one) => [one, '"'] as const),
  ...['&apos;', '&#39;', '&#x27;', '&rsquo;', '&#8217;', '&#x2019;'].map((one) => [one, '’'] as const), ...['&amp;', '&#38;', '&#x26;'].map((one) => [one, '&'] as const),
]);
