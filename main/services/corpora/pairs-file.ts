import { detectEncoding } from './encoding.ts';
import { readHead } from './file-head.ts';
import { openRecords, type PlacedRecord } from './record-stream.ts';

/** The lines of a file of two columns, source and target, in batches; compression and encoding are told from its bytes. For lists that other rooms read. */
export async function* pairsOfFile(path: string, signal: AbortSignal): AsyncGenerator<readonly PlacedRecord[]> {
  const { head, whole, compression } = await readHead(path, null, signal);
  const { encoding } = detectEncoding(head, whole);
  const columns = (['source', 'target'] as const).map((role, index) => ({ index, role, name: role }));
  const { batches } = await openRecords({ path, targetPath: null, options: { layout: 'columns', compression, encoding, header: false, columns, language: 'und', targetLanguage: 'und', split: 'none' } }, signal);
  yield* batches;
}
