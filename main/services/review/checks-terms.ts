import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../contract/errors.ts';
import type { OutputOf } from '../../contract/method.ts';
import type { checksContract } from '../../contract/review-checks.ts';
import type { Project } from '../../store/api.ts';
import type { TermPair } from '../../store/api-checks.ts';
import { pairsOfFile } from '../corpora/index.ts';

type Imported = OutputOf<(typeof checksContract)['review.importTerms']>;

const batch = 2_048;
/** Bad lines that are told one by one. */
const listedAtMost = 200;
export const mostTerms = 200_000;
const longestTerm = 200;

/** Reads a TSV of two columns into a list of terms. Lines that are no term are told, and nothing is kept where none is. */
export const importTerms = async (project: Project, path: string, languages: readonly [source: string, target: string], signal: AbortSignal): Promise<Imported> => {
  const terms: TermPair[] = [];
  const seen = new Set<string>();
  const rejected: Imported['rejected'] = [];
  const reject = (line: number, reason: string): void => { if (rejected.length < listedAtMost) rejected.push({ line, reason }); };
  for await (const records of pairsOfFile(path, signal)) {
    for (const { record, line } of records) {
      if (record.kind === 'malformed') reject(line, record.reason);
      if (record.kind !== 'pair') continue;
      const term: TermPair = [record.source.normalize('NFC').trim(), record.target.normalize('NFC').trim()];
      const key = JSON.stringify(term);
      if (seen.has(key)) reject(line, 'the same term stands in an earlier line');
      else if (term.some((side) => side.length > longestTerm)) reject(line, `longer than ${longestTerm} characters: a sentence, not a term`);
      else if (term.some((side) => !/[\p{L}\p{N}]/u.test(side))) reject(line, 'has no letter');
      else { seen.add(key); terms.push(term); }
    }
    if (terms.length > mostTerms) throw new Failure('bad-input', `“${basename(path)}” has more than ${mostTerms.toLocaleString('en')} terms.`, { detail: 'Nothing was imported.', hint: 'Split it into several lists.' });
  }
  if (terms.length === 0) throw new Failure('malformed-input', `“${basename(path)}” has no term that could be read.`, { detail: rejected[0] === undefined ? 'Nothing was imported.' : `Line ${rejected[0].line}: ${rejected[0].reason}. Nothing was imported.`, hint: 'A term list has two columns with a TAB between them: source term, target term.' });
  const id = project.checks.addTermList({ name: basename(path), sourceLanguage: languages[0], targetLanguage: languages[1] });
  try {
    for (let from = 0; from < terms.length; from += batch) {
      signal.throwIfAborted();
      project.checks.addTerms(id, from, terms.slice(from, from + batch));
      await setImmediate();
    }
  } catch (thrown) {
    project.checks.removeTermList(id);
    throw thrown;
  }
  return { id, terms: terms.length, rejected };
};
