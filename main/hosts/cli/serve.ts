import type { Command } from 'commander';
import { start } from '../server/start.ts';
import { exitCode, type ExitCode } from './exit.ts';

export const describeServe = (program: Command, done: (code: ExitCode) => void): void => {
  program.command('serve').description('serve the workbench on the loopback, as npm start does')
    .option('--project <file>', 'open this project').option('--root <folder...>', 'folders the page may read and write').option('--port <number>', 'default: any free port')
    .option('--open', 'open the browser too', false)
    .action(async (options: { readonly project?: string; readonly root?: readonly string[]; readonly port?: string; readonly open: boolean }) => {
      const argv = [
        ...(options.project === undefined ? [] : ['--project', options.project]), ...(options.root ?? []).flatMap((root) => ['--root', root]),
        ...(options.port === undefined ? [] : ['--port', options.port]), ...(options.open ? [] : ['--no-open']),
      ];
      done((await start(argv)) === 0 ? exitCode.ok : exitCode.failed);
    });
};
