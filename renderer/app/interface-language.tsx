import { useEffect, useLayoutEffect, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useApp, useSlice } from '../stores/hooks.tsx';
import { speak } from '../strings/catalogue.ts';
import { languageOf } from '../strings/locale.ts';
import { useLocale } from '../strings/use-locale.ts';

/**
 * Draws the page in the language of the interface, and again when that changes.
 *
 * A function and not children: new elements make React draw everything below again, yet nothing is mounted anew, so that drafts, places and selections stay.
 */
export const InInterfaceLanguage = ({ draw }: { readonly draw: () => ReactNode }) => {
  const { language, tag, direction } = useLocale();
  useChosenLanguage();
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = direction;
  }, [language, direction]);
  return <I18nProvider locale={tag}>{draw()}</I18nProvider>;
};

/** Speaks what the user chose, or what the browser asks for, and follows both. */
const useChosenLanguage = (): void => {
  const app = useApp();
  const choice = useSlice('ui', (ui) => ui.language);
  useEffect(() => {
    const follow = (): void => { void app.attempt(() => speak(languageOf(choice, navigator.languages))); };
    follow();
    window.addEventListener('languagechange', follow);
    return () => window.removeEventListener('languagechange', follow);
  }, [app, choice]);
};
