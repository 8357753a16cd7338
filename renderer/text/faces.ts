import { faceScript } from './face-scripts.ts';
import { languageName, scriptOf, textAttributes } from './languages.ts';
import { quoted } from './own-faces.ts';

/** Which face a language really gets here. */
export type Face = {
  /** Null: none of ours; the system chose one of its own. */
  readonly family: string | null;
  /** It came with the program. */
  readonly isShipped: boolean;
  /** Signs that no face has, and for which boxes are shown. */
  readonly missing: readonly string[];
};

const size = 32;
/** Assigned to nothing, so that no face has it: what the browser shows for it is the box. */
const noSign = '\u0378';
const generics = ['monospace', 'serif'] as const;
const shippedEnd = ' Variable';
/** Latin letters inside Arabic: none of the language's own. */
const latinInside = 'Dragoman Latin';

/** Looks at what the browser draws, because it does not tell: a face is in use where the signs look otherwise with it than without it. */
export const faceOf = async (language: string): Promise<Face> => {
  const signs = signsOf(language);
  const families = stackOf(language);
  await document.fonts.load(`${size}px ${families.join(', ')}`, signs.join(''));
  const draw = pen();
  const stack = families.join(', ');
  const missing = signs.filter((sign) => isSame(draw(stack, sign), draw(stack, noSign)));
  const family = families.find((each) => !generics.some((generic) => generic === each) && isDrawn(each, signs.join('')));
  return { ...named(family ?? null), missing };
};

/** Families for a script that are here, shipped or installed: those of the tokens first, of which the first is the usual one whatever the user has chosen. */
export const familiesHere = async (script: string): Promise<{ readonly usual: string | null; readonly families: readonly string[] }> => {
  const known = faceScript(script);
  if (known === undefined) return { usual: null, families: [] };
  const tokens = getComputedStyle(document.documentElement).getPropertyValue(`--row-${known.stack}`).split(/,\s*/u).map((family) => unquoted(family.trim())).filter((family) => family !== latinInside);
  const families: string[] = [];
  for (const family of new Set([...tokens, ...known.others])) {
    if (await hasFace(family, script)) families.push(family);
  }
  return { usual: families.find((family) => tokens.includes(family)) ?? null, families };
};

/** Whether a family is here and has the signs of a script. */
export const hasFace = async (family: string, script: string): Promise<boolean> => {
  const known = faceScript(script);
  if (known === undefined || family.trim() === '' || ['serif', 'sans-serif', 'monospace', 'system-ui'].includes(family)) return false;
  await document.fonts.load(`${size}px ${quoted(family)}`, known.sample).catch(() => []);
  return isDrawn(quoted(family), signsIn(known.sample).slice(0, 6).join(''));
};

/** A family as it is shown: what is shipped carries the name of its package. */
export const familyName = (family: string): string => named(family).family ?? family;

const named = (family: string | null): Pick<Face, 'family' | 'isShipped'> => {
  const name = family === null ? null : unquoted(family);
  return { family: name === null ? null : name.replace(/ Variable$/u, ''), isShipped: name?.endsWith(shippedEnd) ?? false };
};

const unquoted = (family: string): string => family.replaceAll('"', '');

const isDrawn = (family: string, text: string): boolean => {
  const draw = pen();
  return generics.some((generic) => !isSame(draw(`${family}, ${generic}`, text), draw(generic, text)));
};

/** The families that the style sheets name for a row of this language, the likeliest first. */
const stackOf = (language: string): readonly string[] => {
  const probe = document.createElement('span');
  probe.className = 'text';
  const { lang, dir, 'data-script': script } = textAttributes(language);
  probe.lang = lang;
  probe.dir = dir;
  if (script !== undefined) probe.dataset['script'] = script;
  document.body.append(probe);
  const { fontFamily } = getComputedStyle(probe);
  probe.remove();
  return fontFamily.split(/,\s*/u).filter((family) => unquoted(family) !== latinInside);
};

/** The name that the language gives itself, sign by sign: it is written in the language's own script. */
const signsOf = (language: string): readonly string[] => {
  const sample = faceScript(scriptOf(language) ?? '')?.sample ?? '';
  try {
    const signs = signsIn(new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? languageName(language));
    return signs.length > 0 ? signs : signsIn(sample);
  } catch {
    return signsIn(languageName(language));
  }
};

const signsIn = (text: string): readonly string[] =>
  [...new Set(Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text), ({ segment }) => segment))].filter((sign) => /\p{L}/u.test(sign));

const isSame = (one: Uint32Array, other: Uint32Array): boolean => one.length === other.length && one.every((pixel, index) => pixel === other[index]);

type Pen = (families: string, text: string) => Uint32Array;
let known: Pen | undefined;

/** One canvas for all questions. */
const pen = (): Pen => {
  known ??= createPen();
  return known;
};

const createPen = (): Pen => {
  const canvas = document.createElement('canvas');
  canvas.width = size * 12;
  canvas.height = size * 2;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (families, text) => {
    if (context === null) return new Uint32Array(0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.font = `${size}px ${families}`;
    context.fillText(text, size, size * 1.4);
    return new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  };
};
