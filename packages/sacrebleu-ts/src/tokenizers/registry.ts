import { SacrebleuError } from '../errors.ts';
import { chinese } from './chinese.ts';
import { international } from './international.ts';
import { mteval13a } from './mteval-13a.ts';
import { characters, untokenized } from './plain.ts';
import type { Tokenizer } from './tokenizer.ts';

const tokenizers: ReadonlyMap<string, Tokenizer> = new Map([
  ['13a', mteval13a], ['zh', chinese], ['intl', international], ['char', characters], ['none', untokenized],
]);

/** Names a tokenizer can be had by. */
export const tokenizerNames: readonly string[] = [...tokenizers.keys()];

const needsModel = 'it needs a SentencePiece model, which is never downloaded here: pass a tokenizer made from the model file instead of its name.';
const needsMecab = 'it needs MeCab with one particular dictionary, which has no build for JavaScript; another segmenter would give other scores under the same name.';

const unavailable: ReadonlyMap<string, string> = new Map([
  ['spm', needsModel], ['flores101', needsModel], ['flores200', needsModel], ['spBLEU-1K', needsModel], ['ja-mecab', needsMecab], ['ko-mecab', needsMecab],
]);

/**
 * The tokenizer sacreBLEU knows by this name.
 *
 * @throws SacrebleuError `tokenizer-unavailable` for those of sacreBLEU that this package cannot have, `unknown-tokenizer` for any other name.
 */
export const tokenizerNamed = (name: string): Tokenizer => {
  const tokenizer = tokenizers.get(name);
  if (tokenizer !== undefined) return tokenizer;
  const because = unavailable.get(name);
  if (because !== undefined) throw new SacrebleuError('tokenizer-unavailable', `The tokenizer "${name}" is not available, because ${because}`);
  throw new SacrebleuError('unknown-tokenizer', `There is no tokenizer "${name}". Known are ${tokenizerNames.join(', ')}.`);
};

const byLanguage: ReadonlyMap<string, string> = new Map([['zh', 'zh'], ['ja', 'ja-mecab'], ['ko', 'ko-mecab']]);

/** The name of the tokenizer sacreBLEU takes for a target language where none is asked for. */
export const defaultTokenizerName = (targetLanguage = ''): string => byLanguage.get(targetLanguage) ?? '13a';
