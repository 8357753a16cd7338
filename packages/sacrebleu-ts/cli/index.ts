#!/usr/bin/env node
import { run } from './run.ts';

/** Who reads our output may stop early, as `head` does: no error, just the end. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const readStandardInput = async (): Promise<Uint8Array> => {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

process.exitCode = await run(process.argv.slice(2), {
  folder: process.cwd(),
  environment: process.env,
  terminal: process.stdout.isTTY,
  readStandardInput,
  out: (text) => { process.stdout.write(text); },
  note: (line) => { process.stderr.write(`sacrebleu-ts: ${line}\n`); },
});
