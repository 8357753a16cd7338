import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { xlsxWriter } from '../../domain/formats/xlsx-writer.ts';
import { zipParcel } from './zip-parcel.ts';

/** The parts of an archive, by its central directory (APPNOTE.TXT 4.3.12). */
const partsOf = (archive: Buffer): ReadonlyMap<string, string> => {
  const end = archive.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  const parts = new Map<string, string>();
  for (let at = archive.readUInt32LE(end + 16), left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLength, extra, comment] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32)];
    const local = archive.readUInt32LE(at + 42);
    const data = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    parts.set(archive.toString('utf8', at + 46, at + 46 + nameLength), inflateRawSync(archive.subarray(data, data + archive.readUInt32LE(at + 20))).toString());
    at += 46 + nameLength + extra + comment;
  }
  return parts;
};

const packed = async (texts: readonly string[]): Promise<{ readonly archive: Buffer; readonly sheet: string; readonly parts: ReadonlyMap<string, string> }> => {
  const { parcel } = xlsxWriter({ sourceLanguage: 'de', targetLanguage: 'en', tool: { name: 'dragoman', version: '0' }, columns: [] });
  if (parcel === undefined) throw new Error('no parcel');
  const { first, packed: bytes } = zipParcel(parcel);
  Readable.from(texts).pipe(first);
  const archive = await buffer(bytes);
  const parts = partsOf(archive);
  return { archive, parts, sheet: parts.get(parcel.written) ?? '' };
};

it('holds the parts and, last, what was written, however it came in pieces', async () => {
  const { parts, sheet } = await packed(['<worksheet>', 'größer', '</worksheet>']);
  expect([...parts.keys()]).toEqual(['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/worksheets/sheet1.xml']);
  expect(sheet).toBe('<worksheet>größer</worksheet>');
  const long = Array.from({ length: 300 }, (_, at) => `${at} `.repeat(1_000));
  expect((await packed(long)).sheet).toBe(long.join(''));
});

it('is the same bytes in every time zone and at every time', async () => {
  const before = process.env['TZ'];
  const hashes: string[] = [];
  try {
    for (const zone of ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles']) {
      process.env['TZ'] = zone;
      hashes.push(createHash('sha256').update((await packed(['same'])).archive).digest('hex'));
    }
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
  expect(new Set(hashes).size).toBe(1);
});
