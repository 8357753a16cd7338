import type { PairWriter, PairWriterOptions } from './pair-writer.ts';
import { keopsEvaluation, keopsTitle } from './keops-labels.ts';
import { tableWriter } from './tsv-writer.ts';

/** What a pair's values are for this format, in this order. */
export const keopsColumns = ['decision', 'label', 'reason', 'flags'] as const;

/** KEOPS begins its files with a byte order mark. */
const byteOrderMark = '\uFEFF';

/**
 * The table that KEOPS writes for a finished validation task (ELRC or MaCoCu); its two first columns are also what it takes as a corpus.
 *
 * Flags stand among the evaluation details under the names of its check boxes. How long an evaluation took is not known here and left empty.
 */
export const keopsWriter = ({ sourceLanguage, targetLanguage }: PairWriterOptions): PairWriter =>
  tableWriter(['Source', 'Target 1', 'Source lang', 'Target lang', 'Evaluation', 'Description', 'Evaluation details', 'Time'], ({ source, target, values }) => {
    const [decision = null, label = null, reason = null, flags = null] = values.map((value) => (value === null ? null : String(value)));
    const evaluation = keopsEvaluation(decision ?? 'none', label, reason);
    return [source, target, sourceLanguage, targetLanguage, evaluation, keopsTitle(evaluation), detailsOf(flags ?? ''), ''];
  }, byteOrderMark);

const detailsOf = (flags: string): string => [['personal-data', 'personal_data: 1'], ['offensive', 'content_error: 1']].filter(([flag = '']) => flags.split(',').includes(flag)).map(([, detail]) => detail).join('; ');
