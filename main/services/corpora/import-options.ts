import type { ImportFile, ImportOptions } from '../../contract/corpora.ts';
import { Failure } from '../../contract/errors.ts';
import { makesPairs } from '../../domain/formats/columns.ts';
import { roleProblem } from '../../domain/formats/records.ts';
import { codecFor } from './encoding.ts';

/** What a file becomes when it is read with these options. */
export const kindOf = (options: ImportOptions): 'monolingual' | 'bitext' =>
  options.layout === 'moses' || (options.layout === 'columns' && makesPairs(options.columns)) ? 'bitext' : 'monolingual';

/** Throws a `Failure` for options that no file could be read with. */
export const checkOptions = ({ path, targetPath, options }: ImportFile): void => {
  codecFor(options.encoding);
  if (options.layout === 'columns') {
    const problem = roleProblem(options.columns);
    if (problem !== null) throw new Failure('bad-input', `${path}: ${problem}`, { hint: 'Give one column the role "text", or one the role "source" and one the role "target".' });
  }
  if ((options.layout === 'moses') !== (targetPath !== null)) {
    throw new Failure('bad-input', options.layout === 'moses' ? `${path} is to be read as one half of a Moses pair, but its other half is not named.` : `${path} has a partner file, but its layout is not "moses".`);
  }
  if (kindOf(options) === 'bitext' && options.targetLanguage === null) throw new Failure('bad-input', `${path} holds pairs, but the language of the target side is not given.`, { hint: 'Choose a language; "und" stands for an unknown one.' });
  if (kindOf(options) === 'bitext' && options.split === 'sentences') throw new Failure('bad-input', `${path} holds pairs; their sides cannot be split into sentences, because the parts would lose their partners.`);
};

/** Throws where files do not make one collection. Returns what they make. */
export const collectionShape = (files: readonly ImportFile[]): { readonly kind: 'monolingual' | 'bitext'; readonly language: string; readonly targetLanguage: string | null } => {
  for (const file of files) checkOptions(file);
  const [first, ...others] = files;
  if (first === undefined) throw new Failure('bad-input', 'No file was chosen.');
  const kind = kindOf(first.options);
  const { language, targetLanguage } = first.options;
  for (const { path, options } of others) {
    if (kindOf(options) !== kind) throw new Failure('bad-input', `${first.path} holds ${described(kind)}, but ${path} ${described(kindOf(options))}.`, { hint: 'Import them as two collections.' });
    if (options.language !== language || (kind === 'bitext' && options.targetLanguage !== targetLanguage)) {
      throw new Failure('bad-input', `${first.path} is in ${languagesOf(first.options)}, but ${path} in ${languagesOf(options)}.`, { hint: 'Import every language as a collection of its own.' });
    }
  }
  return { kind, language, targetLanguage: kind === 'bitext' ? targetLanguage : null };
};

const described = (kind: 'monolingual' | 'bitext'): string => (kind === 'bitext' ? 'pairs' : 'sentences of one language');
const languagesOf = ({ language, targetLanguage }: ImportOptions): string => (targetLanguage === null ? language : `${language} and ${targetLanguage}`);
