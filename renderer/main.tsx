import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './theme/theme.ts';
import { InInterfaceLanguage } from './app/interface-language.tsx';
import { Page } from './app/page.tsx';
import { FaultBoundary } from './app/fault-boundary.tsx';
import { followShell } from './app/follow-shell.ts';
import { dialHost } from './link/dial.ts';
import { openLink } from './link/link.ts';
import { connectShell } from './link/shell.ts';
import { createApp } from './stores/app.ts';
import { AppProvider } from './stores/hooks.tsx';
import { speak } from './strings/catalogue.ts';
import { languageOf } from './strings/locale.ts';

const storageKey = 'dragoman.page';

const root = document.getElementById('page');
if (root === null) throw new Error('index.html has no #page');

const shell = connectShell();
const app = createApp({
  link: openLink(dialHost(shell)), shell,
  storage: { read: () => localStorage.getItem(storageKey), write: (text) => localStorage.setItem(storageKey, text) },
  bar: window,
  now: Date.now,
});

// The first drawing is in the right language already; where its file cannot be had, the page is English and says why.
await speak(languageOf(app.stores.ui.getState().language, navigator.languages)).catch(() => undefined);

if (shell !== undefined) followShell(app, shell);

createRoot(root).render(<StrictMode><AppProvider app={app}><InInterfaceLanguage draw={() => <FaultBoundary><Page /></FaultBoundary>} /></AppProvider></StrictMode>);
