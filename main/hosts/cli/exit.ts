import { Failure, toFailureData } from '../../contract/errors.ts';

/** Exit codes of every command. */
export const exitCode = { ok: 0, failed: 1, usage: 2, rejectedInput: 3 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** A wrong call of a command: exit code 2. */
export class UsageError extends Error {}

/** Says a failure on standard error, in the words of its data, and returns the exit code. */
export const sayFailure = (thrown: unknown, json: boolean): ExitCode => {
  if (thrown instanceof UsageError) {
    process.stderr.write(`dragoman: ${thrown.message}\n`);
    return exitCode.usage;
  }
  const data = toFailureData(thrown);
  if (json) process.stdout.write(`${JSON.stringify({ error: data })}\n`);
  process.stderr.write(`dragoman: ${[data.message, data.detail, data.hint].filter((part) => part !== undefined && part !== '').join('\n  ')}\n`);
  if (data.code === 'internal' && !(thrown instanceof Failure) && thrown instanceof Error && process.env['DRAGOMAN_DEBUG'] !== undefined) process.stderr.write(`${thrown.stack ?? ''}\n`);
  return exitCode.failed;
};
