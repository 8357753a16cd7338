import { basename } from 'node:path';
import { Failure } from '../../contract/errors.ts';
import type { SplitLine } from '../../domain/formats/line-splitter.ts';
import { DecompressionError } from './byte-source.ts';
import { detectEncoding } from './encoding.ts';
import { readHead } from './file-head.ts';
import { openLines } from './record-stream.ts';

/**
 * The lines of a text file, in batches; compression and encoding are told from its bytes. A file that breaks off is a `Failure`. For files that other rooms read.
 *
 * @param warn told where the encoding is a guess
 */
export async function* linesOfFile(path: string, signal: AbortSignal, warn?: (text: string) => void): AsyncGenerator<readonly SplitLine[], void, undefined> {
  const { head, whole, compression } = await readHead(path, null, signal);
  const { encoding, warning } = detectEncoding(head, whole);
  if (warning !== null) warn?.(warning);
  const { batches, file } = await openLines(path, { compression, encoding }, signal);
  try {
    yield* batches;
  } catch (thrown) {
    if (!(thrown instanceof DecompressionError)) throw thrown;
    throw new Failure('malformed-input', `"${basename(path)}" ${thrown.kind === 'truncated' ? 'breaks off in the middle of its compressed data after' : 'is damaged at or before'} line ${file.lines()}.`, { detail: 'Nothing was taken over.', hint: 'Copy the file again, or ask for it again.' });
  }
}
