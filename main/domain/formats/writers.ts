import type { ExportFormat } from '../../contract/export.ts';
import { jsonlWriter } from './jsonl-writer.ts';
import { keopsWriter } from './keops-writer.ts';
import { mosesWriter } from './moses-writer.ts';
import type { PairWriter, PairWriterOptions } from './pair-writer.ts';
import { tmxWriter } from './tmx-writer.ts';
import { minedTsvWriter, tsvWriter } from './tsv-writer.ts';
import { xlsxWriter } from './xlsx-writer.ts';

const writers: Readonly<Record<ExportFormat, (options: PairWriterOptions) => PairWriter>> = {
  'tsv': tsvWriter,
  'moses': mosesWriter,
  'tmx': tmxWriter,
  'jsonl': jsonlWriter,
  'mined-tsv': minedTsvWriter,
  'xlsx': xlsxWriter,
  'keops': keopsWriter,
};

/** The writer of a format. One writer writes one file (or one Moses pair). */
export const pairWriterFor = (format: ExportFormat, options: PairWriterOptions): PairWriter => writers[format](options);
