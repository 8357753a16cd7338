import { asFigure, withoutIsolates } from './isolate.ts';
import { perLocale, type Locale } from './locale.ts';

/**
 * Numbers as the page writes them.
 *
 * The decimal sign is the interface language's; thousands are grouped with a no-break space and minus is U+2212 in every one of them, so that a figure never breaks over two lines and
 * "1.204" is never read as a thousand. Files, signatures and the clipboard do not come through here: they have a point everywhere.
 */
const noBreak = '\u00A0';

type Writer = (value: number, digits: number) => string;

const createWriter = ({ tag }: Locale): Writer => {
  const formats = new Map<number, Intl.NumberFormat>();
  const group = new Intl.NumberFormat(tag, { useGrouping: true }).formatToParts(1e6).find((part) => part.type === 'group')?.value ?? ',';
  const formatOf = (digits: number): Intl.NumberFormat => {
    const known = formats.get(digits);
    if (known !== undefined) return known;
    const made = new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(digits, made);
    return made;
  };
  // The sign is written here: Arabic's own comes with a direction mark, which would stay inside the figure.
  return (value, digits) => {
    const figure = formatOf(digits).format(Math.abs(value)).replaceAll(group, noBreak);
    return value < 0 ? asFigure(`\u2212${figure}`) : figure;
  };
};

const writer = perLocale(createWriter);
const write: Writer = (value, digits) => writer()(value, digits);

/** A count of things: 41 207. */
export const count = (value: number): string => write(value, 0);

/** A number with a fixed number of decimals: 0.8713 -> "0.871". */
export const decimal = (value: number, digits = 3): string => write(value, digits);

/** A margin, as it is shown everywhere: three decimals. */
export const margin = (value: number): string => write(value, 3);

/** A difference; its sign is always written: +0.012, −0.200. */
export const signed = (value: number, digits = 3): string => (value > 0 ? asFigure(`+${write(value, digits)}`) : write(value, digits));

/** A share 0..1 in percent: 0.634 -> "63 %". */
export const percent = (share: number, digits = 0): string => asFigure(`${write(share * 100, digits)}${noBreak}%`);

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size on disk or in memory, in powers of 1000: 118 MB, 1.8 GB. One decimal below 10 of a unit, none above. */
export const bytes = (value: number): string => {
  let size = value;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) { size /= 1000; unit += 1; }
  const digits = unit === 0 || size >= 9.95 ? 0 : 1;
  return asFigure(`${write(size, digits)}${noBreak}${units[unit] ?? 'B'}`);
};

/** A speed without its unit: whole numbers above 10, one decimal below. */
export const rate = (perSecond: number): string => write(perSecond, perSecond >= 9.95 || perSecond === 0 ? 0 : 1);

/** A number as it is typed: no more digits than it has, nothing between them, and a sign that a field can hold. */
export const typed = (value: number): string => typing().format(value).replace(/^\D*-/u, '\u2212');
const typing = perLocale(({ tag }) => new Intl.NumberFormat(tag, { maximumFractionDigits: 6, useGrouping: false }));

/** A tiny difference as a power of ten: 2e−6. */
export const tiny = (value: number): string => (value === 0 ? '0' : asFigure(value.toExponential(0).replace('-', '\u2212').replace('+', '')));

/** A number as people write it, with a comma and a true minus too; undefined where it is none. */
export const readNumber = (text: string): number | undefined => {
  const plain = withoutIsolates(text).trim();
  const value = Number(plain.replace(',', '.').replace('\u2212', '-'));
  return plain === '' || !Number.isFinite(value) ? undefined : value;
};
