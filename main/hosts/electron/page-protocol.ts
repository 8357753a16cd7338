import { protocol } from 'electron';
import { answerPageRequest } from '../page-files.ts';

export const pageOrigin = 'app://dragoman';
export const pageAddress = `${pageOrigin}/index.html`;

/** Before the app is ready: makes `app://` a scheme with an origin, as the page's security rests on it. */
export const registerPageScheme = (): void => {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
};

/** Once the app is ready: answers `app://dragoman/...` from the folder of the built page. */
export const servePage = (folder: string): void => {
  protocol.handle('app', (request) => answerPageRequest(folder, pageOrigin, request.url));
};
