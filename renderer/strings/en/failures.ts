import { knownFailures, type KnownFailure } from '../../../main/contract/known-failures.ts';

/** `failure.no-project.message`, `failure.no-project.hint`: the parts that a known failure has. */
type FailureKey = { [N in KnownFailure]: `failure.${N}.${Exclude<keyof (typeof knownFailures)[N] & string, 'code'>}` }[KnownFailure];

/** Failures, in the words of the contract: the command line says the same. */
export const failures = Object.fromEntries(Object.entries(knownFailures)
  .flatMap(([name, { code: _code, ...parts }]) => Object.entries(parts).map(([part, words]) => [`failure.${name}.${part}`, words]))) as Readonly<Record<FailureKey, string>>;
