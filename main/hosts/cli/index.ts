import { Command, CommanderError } from 'commander';
import { programVersion } from '../server/places.ts';
import { describeDoctor } from './doctor.ts';
import { describeEmbed } from './embed.ts';
import { exitCode, sayFailure, type ExitCode } from './exit.ts';
import { describeExport } from './export.ts';
import { describeLabel } from './label.ts';
import { describeMine, describeScoreBitext } from './mine.ts';
import { describeModels } from './models.ts';
import { describeReplay } from './replay.ts';
import { describeServe } from './serve.ts';
import { describeTranslate } from './translate.ts';

/** `dragoman COMMAND ...`; resolves with the exit code. */
export const main = async (argv: readonly string[]): Promise<ExitCode> => {
  let code: ExitCode = exitCode.ok;
  const done = (next: ExitCode): void => { code = next; };
  const program = new Command('dragoman').description('Parallel-corpus mining on your own machine.').version(programVersion()).exitOverride().showHelpAfterError(false)
    .addHelpText('after', '\nExit codes: 0 ok, 1 failed, 2 wrong call, 3 done, but some input was rejected.');
  for (const describe of [describeMine, describeScoreBitext, describeEmbed, describeExport, describeTranslate, describeLabel, describeReplay, describeModels, describeServe, describeDoctor]) describe(program, done);
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCode.ok : exitCode.usage;
    return sayFailure(thrown, argv.includes('--json'));
  }
};

main(process.argv.slice(2)).then((code) => { process.exitCode = code; }, (thrown: unknown) => { process.exitCode = sayFailure(thrown, false); });
