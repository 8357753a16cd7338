import type { Environment } from './settings.ts';

/** What a run needs of the world, so that tests can give it another one. */
export type Surroundings = {
  /** Where relative file names start. */
  readonly folder: string;
  readonly environment: Environment;
  /** Colours are for terminals. */
  readonly terminal: boolean;
  readStandardInput(): Promise<Uint8Array>;
  /** Writes to standard output. */
  out(text: string): void;
  /** Writes one line to standard error. */
  note(line: string): void;
};
