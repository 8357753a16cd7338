import type { NormaliseStep } from '../../contract/review.ts';

/**
 * Steps that clean a text, each on its own; applied in the order of this list, whatever order they were asked in.
 *
 * What a language writes on purpose is left alone: no-break spaces of French, joiners of Persian and Hindi, direction marks, guillemets, full-width
 * punctuation between Chinese and Japanese signs.
 */
export const normaliseSteps: Readonly<Record<NormaliseStep, (text: string) => string>> = {
  nfc: (text) => text.normalize('NFC'),
  /** Control characters, byte order marks, zero-width spaces and soft hyphens. */
  controls: (text) => text.replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u2060\ufeff]/gu, ''),
  /** Letters, digits and signs of ASCII's wide forms; wide punctuation only in a text without Chinese, Japanese or Korean signs. */
  'full-width': (text) => {
    const narrow = (sign: string): string => String.fromCharCode(sign.charCodeAt(0) - 0xfee0);
    const letters = text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff05\uff0b\uff1d\uff20]/gu, narrow);
    const isWide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(letters);
    return (isWide ? letters : letters.replace(/[\uff01-\uff5e]/gu, narrow)).replaceAll('\u3000', ' ');
  },
  quotes: (text) => text.replace(/[\u201c\u201d\u201e\u201f]/gu, '"').replace(/[\u2018\u2019\u201a\u201b]/gu, "'"),
  /** One of each; of dots three. */
  'repeated-punctuation': (text) => text.replace(/([!?,;:\u00a1\u00bf\u060c\u061b\u061f\u06d4\u0964\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f])\1+/gu, '$1').replace(/\.{4,}/gu, '...'),
  /** Tabs, line ends and spaces of all widths become single spaces, none at the ends. */
  spaces: (text) => text.replace(/[\t-\r\u0085\u2028\u2029\u2000-\u200a\u205f ]+/gu, ' ').replace(/^[ \u00a0\u202f\u3000]+|[ \u00a0\u202f\u3000]+$/gu, ''),
};

export const normalise = (text: string, steps: readonly NormaliseStep[]): string =>
  (Object.keys(normaliseSteps) as NormaliseStep[]).reduce((result, step) => (steps.includes(step) ? normaliseSteps[step](result) : result), text);
