/** Ends a run with one line on standard error and sacreBLEU's exit code: 1 refused, 2 wrong call, 17 wrong number of fields. */
export class CommandFailure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
  }
}

/** What the caller got wrong in the arguments themselves. */
export const wrongCall = (message: string): CommandFailure => new CommandFailure(`${message} (sacrebleu-ts --help lists the options.)`, 2);
