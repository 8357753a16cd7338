import { app, shell, type WebContents, type WebPreferences } from 'electron';
import { outsideAddress } from '../../domain/desktop/outside-address.ts';
import { pageAddress } from './page-protocol.ts';

/** How every window is made. @see https://www.electronjs.org/docs/latest/tutorial/security, items 2 to 12; the spellchecker would fetch dictionaries */
export const pagePreferences = (preload: string): WebPreferences => ({
  preload, sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInSubFrames: false, nodeIntegrationInWorker: false,
  webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, spellcheck: false,
});

/** What a page may do on its own: nothing but copy text. Electron's default grants every permission. */
const permitted = new Set(['clipboard-sanitized-write']);

/** Applies to every page that is ever made, also to one that nobody thought of: items 5, 12, 13, 14 and 15 of the list above. */
export const restrictPages = (): void => {
  app.on('web-contents-created', (_event, contents) => restrict(contents));
};

const restrict = (contents: WebContents): void => {
  const stay = (event: { preventDefault(): void; readonly url: string }): void => { if (event.url.split('#')[0] !== pageAddress) event.preventDefault(); };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void openOutside(url);
    return { action: 'deny' };
  });
  contents.session.setPermissionRequestHandler((_contents, permission, answer) => answer(permitted.has(permission)));
  contents.session.setPermissionCheckHandler((_contents, permission) => permitted.has(permission));
  contents.session.setDevicePermissionHandler(() => false);
  contents.session.setSpellCheckerEnabled(false);
};

/** In the user's browser, if it is on the list of `outsideAddress`; false where it is not. */
export const openOutside = async (text: string): Promise<boolean> => {
  const address = outsideAddress(text);
  if (address !== undefined) await shell.openExternal(address);
  return address !== undefined;
};
