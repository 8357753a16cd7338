import { locale } from './locale.ts';

/**
 * Keeps a piece of text from reordering the words around it, and the words from reordering it.
 *
 * A file name in an Arabic sentence and an Arabic name in a German one are set apart with Unicode's isolates, which work in attributes and in plain text too, where `<bdi>` cannot
 * be (UAX #9, section 2.4).
 */
const [firstStrong, leftToRight, end] = ['\u2068', '\u2066', '\u2069'];

/** Letters that run against the interface; in an interface from right to left also the signs that paths, tags and ids are made of. */
const foreign = {
  ltr: /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u,
  rtl: /(?!\p{Script=Arabic})\p{L}|[/\\_+*<>=\u00B1\u2212%-]/u,
} as const;

/** A value from outside, ready to stand in a message: as it is where it runs as the interface does. */
export const isolated = (value: string): string => (foreign[locale().direction].test(value) ? `${firstStrong}${value}${end}` : value);

/** A figure with a sign or a unit: from left to right in every interface ("−0.2" and "5 GB" would turn around between Arabic words). */
export const asFigure = (figure: string): string => (locale().direction === 'rtl' ? `${leftToRight}${figure}${end}` : figure);

/** Without the isolates: for what leaves the page as data (file names, names of queues, fields that are typed into). */
export const withoutIsolates = (text: string): string => text.replace(/[\u2066-\u2069]/gu, '');
