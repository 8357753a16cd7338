/**
 * Numbers as the page writes them.
 *
 * Thousands with a no-break space, minus as U+2212, a point for decimals: the same in every language of the interface, so that figures can be compared with
 * exports and with papers.
 */
const noBreak = '\u00A0';
const formatters = new Map<number, Intl.NumberFormat>();

const fixed = (digits: number): Intl.NumberFormat => {
  const known = formatters.get(digits);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  formatters.set(digits, made);
  return made;
};

const write = (value: number, digits: number): string => fixed(digits).format(value).replaceAll(',', noBreak).replace('-', '\u2212');

/** A count of things: 41 207. */
export const count = (value: number): string => write(value, 0);

/** A number with a fixed number of decimals: 0.8713 -> "0.871". */
export const decimal = (value: number, digits = 3): string => write(value, digits);

/** A margin, as it is shown everywhere: three decimals. */
export const margin = (value: number): string => write(value, 3);

/** A difference; its sign is always written: +0.012, −0.200. */
export const signed = (value: number, digits = 3): string => (value > 0 ? `+${write(value, digits)}` : write(value, digits));

/** A share 0..1 in percent: 0.634 -> "63 %". */
export const percent = (share: number, digits = 0): string => `${write(share * 100, digits)}${noBreak}%`;

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size on disk or in memory, in powers of 1000: 118 MB, 1.8 GB. One decimal below 10 of a unit, none above. */
export const bytes = (value: number): string => {
  let size = value;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) { size /= 1000; unit += 1; }
  const digits = unit === 0 || size >= 9.95 ? 0 : 1;
  return `${write(size, digits)}${noBreak}${units[unit] ?? 'B'}`;
};

/** A speed without its unit: whole numbers above 10, one decimal below. */
export const rate = (perSecond: number): string => write(perSecond, perSecond >= 9.95 || perSecond === 0 ? 0 : 1);

/** A tiny difference as a power of ten: 2e−6. */
export const tiny = (value: number): string => (value === 0 ? '0' : value.toExponential(0).replace('-', '\u2212').replace('+', ''));

/** A number as people write it, with a comma and a true minus too; undefined where it is none. */
export const readNumber = (text: string): number | undefined => {
  const value = Number(text.trim().replace(',', '.').replace('\u2212', '-'));
  return text.trim() === '' || !Number.isFinite(value) ? undefined : value;
};
