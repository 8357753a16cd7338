import { app, type WebContents, type WebPreferences } from 'electron';

/** How every window is made. @see https://www.electronjs.org/docs/latest/tutorial/security, items 2 to 6 */
export const pagePreferences = (preload: string): WebPreferences => ({
  preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false,
});

/** What a page may do on its own: nothing but copy text. Electron's default grants every permission. */
const permitted = new Set(['clipboard-sanitized-write']);

/** Applies to every page that is ever made, also to one that nobody thought of: items 5, 12, 13 and 14 of the list above. */
export const restrictPages = (): void => {
  app.on('web-contents-created', (_event, contents) => restrict(contents));
};

const restrict = (contents: WebContents): void => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.session.setPermissionRequestHandler((_contents, permission, answer) => answer(permitted.has(permission)));
  contents.session.setPermissionCheckHandler((_contents, permission) => permitted.has(permission));
};
