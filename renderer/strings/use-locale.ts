import { useSyncExternalStore } from 'react';
import { locale, onLocale, type Locale } from './locale.ts';

/**
 * The locale in force; draws again when it changes.
 *
 * The root of the page calls it, which draws everything again; besides, only what keeps words or directions from an earlier drawing (`memo`, `useMemo`) needs it.
 */
export const useLocale = (): Locale => useSyncExternalStore(onLocale, locale);
