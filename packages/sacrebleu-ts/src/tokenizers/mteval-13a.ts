import { joinedTokens, mtevalClasses, splitByMteval } from './mteval-rules.ts';
import type { InPlace, Tokenizer } from './tokenizer.ts';

/** Entities are undone in this order, one pass each, so `&amp;lt;` becomes `<`. */
const entities = [['&quot;', '"'], ['&amp;', '&'], ['&lt;', '<'], ['&gt;', '>']] as const;

/** mteval's "language-independent part". */
const prepare = (text: string): string => {
  let plain = text;
  if (plain.includes('<')) plain = plain.replaceAll('<skipped>', '');
  if (plain.includes('\n')) plain = plain.replaceAll('-\n', '').replaceAll('\n', ' ');
  if (plain.includes('&')) for (const [entity, character] of entities) plain = plain.replaceAll(entity, character);
  return plain;
};

const classes = mtevalClasses();

const inPlace: InPlace = { prepare, split: (units, from, to, spans) => splitByMteval(classes, true, units, from, to, spans) };

/** WMT's tokenizer, BLEU's default (mteval-v13a; sacreBLEU `tokenizer_13a.py`). */
export const mteval13a: Tokenizer = { signature: '13a', tokenize: (text) => joinedTokens(inPlace, text), inPlace };
