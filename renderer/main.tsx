import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './theme/theme.ts';
import { Page } from './app/page.tsx';
import { FaultBoundary } from './app/fault-boundary.tsx';
import { dialHost } from './link/dial.ts';
import { openLink } from './link/link.ts';
import { createApp } from './stores/app.ts';
import { AppProvider } from './stores/hooks.tsx';

const storageKey = 'dragoman.page';

const root = document.getElementById('page');
if (root === null) throw new Error('index.html has no #page');

const app = createApp({
  link: openLink(dialHost),
  storage: { read: () => localStorage.getItem(storageKey), write: (text) => localStorage.setItem(storageKey, text) },
  bar: window,
  now: Date.now,
});

createRoot(root).render(<StrictMode><AppProvider app={app}><FaultBoundary><Page /></FaultBoundary></AppProvider></StrictMode>);
