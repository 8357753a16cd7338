import type { EndReason } from '../../contract/shell.ts';

/** What was heard of a process's end, from three sides: its exit, Electron's `child-process-gone`, and V8's last words. */
export type EndFacts = { readonly exitCode: number; readonly gone?: Exclude<EndReason, 'heap-limit'>; readonly fatal?: string };

/** The reason that explains most: V8 at its limit, then what Electron says, then the bare exit. */
export const reasonOfEnd = ({ exitCode, gone, fatal }: EndFacts): EndReason => {
  if (fatal !== undefined && /heap|memory|allocation/iu.test(fatal)) return 'heap-limit';
  if (gone !== undefined && gone !== 'clean-exit') return gone;
  // V8 without memory aborts; the kernel without memory kills: on POSIX these are the signals 6 and 9.
  return exitCode === 0 ? 'clean-exit' : exitCode === 9 || exitCode === 137 ? 'killed' : 'abnormal-exit';
};

const words: Readonly<Record<EndReason, string>> = {
  'clean-exit': 'it ended by itself', 'abnormal-exit': 'it ended with an error', killed: 'the system or somebody killed it, often for want of memory', crashed: 'it crashed',
  oom: 'the memory of this machine ran out', 'heap-limit': 'it reached the memory limit of one process (about 4 GB of program data)', 'launch-failed': 'it could not be started',
  'integrity-failure': 'its files are not as they were shipped', 'memory-eviction': 'the system took its memory for others',
};

/** An end for logs: "it crashed, exit code 139". */
export const describeEnd = (reason: EndReason, exitCode: number): string => `${words[reason]}, exit code ${exitCode}`;
