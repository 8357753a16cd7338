import * as v from 'valibot';

/** Every way a call can fail. Closed, so that the page and the command line can answer each. */
export const errorCodes = [
  'bad-input', 'unknown-method', 'not-found', 'conflict', 'cancelled', 'link-lost',
  'no-project', 'project-locked', 'project-corrupt', 'project-newer', 'project-missing',
  'disk-full', 'file-missing', 'file-unreadable', 'file-outside-roots', 'file-exists',
  'malformed-input', 'empty-input', 'wrong-encoding',
  'model-missing', 'model-corrupt', 'model-unsupported', 'model-question', 'provider-failed', 'language-unknown',
  'engine-lost', 'out-of-memory', 'plan-impossible', 'replay-differs', 'internal',
] as const;

export const errorCode = v.picklist(errorCodes);
export type ErrorCode = v.InferOutput<typeof errorCode>;

/** Errors are plain data: they cross a port, a socket and the page's bridge unharmed. */
export const failureData = v.object({
  code: errorCode,
  /** One sentence a linguist understands: what happened, with file, line and column where there are any. */
  message: v.string(),
  /** What was kept, and what was not. */
  detail: v.optional(v.string()),
  /** What to do next. */
  hint: v.optional(v.string()),
  /** Which of the `known-failures.ts` it is, with what it names: whoever speaks another language words it from this. */
  known: v.optional(v.object({ name: v.string(), values: v.record(v.string(), v.string()) })),
});
export type FailureData = v.InferOutput<typeof failureData>;

/** The one error class of the program; `data` is what crosses processes. */
export class Failure extends Error {
  readonly data: FailureData;

  constructor(code: ErrorCode, message: string, more: Omit<FailureData, 'code' | 'message'> = {}) {
    super(message);
    this.name = 'Failure';
    this.data = { code, message, ...more };
  }
}

/** What is told of any thrown thing. A stranger's error keeps its message, for the log, under the code `internal`. */
export const toFailureData = (thrown: unknown): FailureData => {
  if (thrown instanceof Failure) return thrown.data;
  if (thrown instanceof Error && thrown.name === 'AbortError') return { code: 'cancelled', message: 'Cancelled.' };
  const code = systemCode(thrown);
  if (code === 'ENOSPC' || code === 'SQLITE_FULL' || code === 'EDQUOT') {
    return { code: 'disk-full', message: 'The disk is full.', detail: 'Everything written before this moment is kept.', hint: 'Free some space and resume the job.', known: { name: 'disk-full', values: {} } };
  }
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) };
};

const systemCode = (thrown: unknown): string | undefined => {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
};
