import { t } from './catalogue.ts';
import { perLocale } from './locale.ts';
import { decimal } from './numbers.ts';

/** Spans and moments as the page writes them: 24-hour clock, the day in words where it is near. */
const noBreak = '\u00A0';

/**
 * A span of time, coarse on purpose: "8 s", "1 min 30 s", "2 h 05 min".
 *
 * Below 10 seconds with one decimal when it is over (`exact`); a guess is rounded, because a digit that will be wrong only disturbs.
 */
export const duration = (seconds: number, exact = false): string => {
  if (exact && seconds < 9.95) return `${decimal(seconds, Number.isInteger(Math.round(seconds * 10) / 10) ? 0 : 1)}${noBreak}${t('unit.second')}`;
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}${noBreak}${t('unit.second')}`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) {
    const rest = whole % 60;
    const shown = exact || minutes < 10 ? `${noBreak}${String(rest).padStart(2, '0')}${noBreak}${t('unit.second')}` : '';
    return `${minutes}${noBreak}${t('unit.minute')}${rest === 0 ? '' : shown}`;
  }
  const hours = Math.floor(minutes / 60);
  return `${hours}${noBreak}${t('unit.hour')}${noBreak}${String(minutes % 60).padStart(2, '0')}${noBreak}${t('unit.minute')}`;
};

const formatOf = (options: Intl.DateTimeFormatOptions): (() => Intl.DateTimeFormat) => perLocale(({ tag }) => new Intl.DateTimeFormat(tag, options));
const clockFormat = formatOf({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const secondsFormat = formatOf({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const dayFormat = formatOf({ day: 'numeric', month: 'short' });
const yearFormat = formatOf({ day: 'numeric', month: 'short', year: 'numeric' });

/** 09:46 */
export const clock = (at: number): string => clockFormat().format(at);
/** 09:46:07 */
export const clockSeconds = (at: number): string => secondsFormat().format(at);

/** "today", "yesterday", "12 Nov", "3 Nov 2024"; `now` is given, so that the answer can be tested. */
export const day = (at: number, now: number): string => {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return t('time.today');
  if (days === 1) return t('time.yesterday');
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayFormat().format(at) : yearFormat().format(at);
};

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
