import { Failure } from '../../contract/errors.ts';
import { baseLanguage } from '../models/language-coverage.ts';
import { normaliseLanguage } from '../text/language-code.ts';

/**
 * Which control tokens a translation model wants, and on which side: read from its `config.json`, never from its name.
 *
 * Source and target language travel differently in every family, and a tag in the wrong place makes translations worse without a word
 * (transformers PR 22313). Rules: the models' tokenizers in Hugging Face transformers.
 */
export type ModelFamily = 'm2m_100' | 'nllb' | 'marian' | 'mbart' | 'mbart50' | 't5' | 'madlad';

/** What `config.json` and `tokenizer_config.json` say, as far as it decides the family. */
export type FamilyFacts = {
  readonly modelType: string;
  readonly tokenizerClass: string | null;
  readonly start: number | null;
  readonly end: number;
  /** The id of a token that is one piece of the vocabulary, or null. */
  readonly tokenId: (token: string) => number | null;
  /** All pieces that look like control tokens. */
  readonly specialTokens: readonly string[];
};

/** What stands around a source's tokens, before its text, and what the decoder begins with. */
export type Controls = {
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Put before the source's text itself (T5). */
  readonly textPrefix: string;
  /** The decoder's first tokens; the last one is the one after which scoring begins. */
  readonly prompt: readonly number[];
};

export const familyOf = ({ modelType, tokenizerClass, tokenId }: Pick<FamilyFacts, 'modelType' | 'tokenizerClass' | 'tokenId'>): ModelFamily => {
  const named = tokenizerClass?.replace(/Fast$/u, '') ?? null;
  if (modelType === 'm2m_100') return named === 'NllbTokenizer' || tokenId('eng_Latn') !== null ? 'nllb' : 'm2m_100';
  if (modelType === 'marian') return 'marian';
  if (modelType === 'mbart') return named === 'MBart50Tokenizer' || named === 'MBart50' || tokenId('sw_KE') !== null ? 'mbart50' : 'mbart';
  if (modelType === 't5' || modelType === 'mt5' || modelType === 'umt5') return tokenId('<2en>') !== null ? 'madlad' : 't5';
  throw new Failure('model-unsupported', `This model is of the kind "${modelType}". Translation models of the kinds m2m_100 (with NLLB), marian (OPUS-MT), mbart and t5 (with MADLAD) can be run.`, { hint: 'Choose another model, exported with Optimum for "text2text-generation-with-past".' });
};

/** The languages a model has control tokens for, as BCP-47 tags; null where its files do not say (most OPUS-MT models, T5). */
export const languagesOf = (family: ModelFamily, specialTokens: readonly string[]): readonly string[] | null => {
  const found = specialTokens.flatMap((token) => {
    const code = languagePattern[family]?.exec(token)?.[1];
    const tag = code === undefined ? null : normaliseLanguage(code);
    return tag === null ? [] : [tag];
  });
  return found.length === 0 ? null : [...new Set(found)].sort();
};

const languagePattern: Readonly<Partial<Record<ModelFamily, RegExp>>> = {
  m2m_100: /^__([a-z]{2,3})__$/u, nllb: /^([a-z]{3}_[A-Z][a-z]{3})$/u, marian: /^>>([A-Za-z_]{2,12})<<$/u, mbart: /^([a-z]{2}_[A-Z]{2})$/u, mbart50: /^([a-z]{2}_[A-Z]{2})$/u, madlad: /^<2([a-z]{2,3}(?:_[A-Z][a-z]{3})?)>$/u,
};

/** The control tokens for one pair of languages (BCP-47 tags). A language that the model does not know is a `language-unknown` failure. */
export const controlsFor = (family: ModelFamily, facts: FamilyFacts, source: string, target: string): Controls => {
  const { start, end } = facts;
  const plain = { before: [], after: [end], textPrefix: '' };
  const language = (tag: string): number => languageToken(family, facts, tag);
  const begin = start ?? end;
  switch (family) {
    case 'm2m_100': return { ...plain, before: [language(source)], prompt: [begin, language(target)] };
    case 'nllb': return { ...plain, before: [language(source)], prompt: [begin, language(target)] };
    case 'mbart50': return { ...plain, before: [language(source)], prompt: [begin, language(target)] };
    // Its encoder saw the language at the end, and its decoder began with the target language itself.
    case 'mbart': return { ...plain, after: [end, language(source)], prompt: [language(target)] };
    case 'madlad': return { ...plain, before: [language(target)], prompt: [begin] };
    case 't5': return { ...plain, textPrefix: `translate ${englishName(source)} to ${englishName(target)}: `, prompt: [begin] };
    // One language pair has no tokens; a model with several target languages has one for each.
    case 'marian': return { ...plain, before: languagesOf(family, facts.specialTokens) === null ? [] : [language(target)], prompt: [begin] };
  }
};

/** The token of a language, found by comparing tags: `deu_Latn`, `__de__` and `de_DE` are all `de`. */
const languageToken = (family: ModelFamily, { specialTokens, tokenId }: FamilyFacts, wanted: string): number => {
  const tag = normaliseLanguage(wanted);
  const tokens = specialTokens.flatMap((token) => {
    const code = languagePattern[family]?.exec(token)?.[1];
    const known = code === undefined ? null : normaliseLanguage(code);
    return known === null ? [] : [{ token, known }];
  });
  const exact = tokens.find(({ known }) => known === tag);
  const script = tag === null ? null : scriptOf(tag);
  const near = exact ?? tokens.find(({ known }) => tag !== null && baseLanguage(known) === baseLanguage(tag) && scriptOf(known) === script);
  const id = near === undefined ? null : tokenId(near.token);
  if (id === null) {
    const known = [...new Set(tokens.map((one) => one.known))].sort();
    throw new Failure('language-unknown', `This translation model does not know the language "${wanted}".`, { hint: known.length === 0 ? 'It names no languages at all.' : `It knows ${known.slice(0, 40).join(', ')}${known.length > 40 ? ` and ${known.length - 40} more` : ''}.` });
  }
  return id;
};

const scriptOf = (tag: string): string | undefined => {
  try { return new Intl.Locale(tag).maximize().script; } catch { return undefined; }
};

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });
const englishName = (tag: string): string => names.of(baseLanguage(tag) ?? tag) ?? tag;
