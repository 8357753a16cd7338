import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { PairWriter } from '../../domain/formats/pair-writer.ts';

/** The same pairs make the same bytes: every part bears the first moment that a ZIP archive can name, which it does in local time. */
const unchanging = () => ({ mtime: new Date(1980, 0, 1), forceDosTimestamp: true });

/** A ZIP archive while it is written: text goes into `first`, the packed bytes come out of `packed`; ended when `first` is. */
export const zipParcel = ({ written, others }: NonNullable<PairWriter['parcel']>): { readonly first: PassThrough; readonly packed: Readable } => {
  const archive = new ZipFile();
  for (const { name, text } of others) archive.addBuffer(Buffer.from(text), name, unchanging());
  const first = new PassThrough();
  archive.addReadStream(first, written, unchanging());
  archive.end();
  const packed = new PassThrough();
  archive.outputStream.pipe(packed);
  archive.once('error', (error: Error) => packed.destroy(error));
  return { first, packed };
};
