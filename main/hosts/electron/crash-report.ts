import { homedir, userInfo } from 'node:os';
import { app, crashReporter } from 'electron';
import type { Loss } from '../../contract/shell.ts';
import { describeEnd } from '../../domain/desktop/process-end.ts';
import { withoutContent } from '../../domain/desktop/without-content.ts';

/** Memory dumps of crashes, into a folder of this machine and nowhere else. Only with the user's consent: a dump holds what the memory held. */
export const startCrashDumps = (consent: boolean): void => {
  if (consent) crashReporter.start({ uploadToServer: false });
};

/** What the shell knows of the last ends, as a text without anything of the user's; for when no workbench is left to write the diagnostic bundle. */
export const crashReport = (losses: readonly Loss[], lines: readonly string[]): string => {
  const names = [homedir(), userInfo().username];
  return [
    `Dragoman ${app.getVersion()}, Electron ${process.versions['electron'] ?? ''}, Chromium ${process.versions['chrome'] ?? ''}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    '', ...losses.map(({ part, reason, exitCode, at }) => `${new Date(at).toISOString()} ${part}: ${describeEnd(reason, exitCode)}`),
    '', 'The last words of the workbench (texts, names and paths taken out):', ...lines.map((line) => withoutContent(line, names)),
    '',
  ].join('\n');
};
