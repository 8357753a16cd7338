import { languageName, textAttributes } from './languages.ts';

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

/** Looks at what the browser draws, because it does not tell: a face is in use where the signs look otherwise with it than without it. */
export const faceOf = async (language: string): Promise<Face> => {
  const signs = signsOf(language);
  const families = stackOf(language);
  await document.fonts.load(`${size}px ${families.join(', ')}`, signs.join(''));
  const draw = createPen();
  const box = draw(families.join(', '), noSign);
  const missing = signs.filter((sign) => draw(families.join(', '), sign) === box);
  const text = signs.join('');
  const generics = ['monospace', 'serif'] as const;
  const without = generics.map((generic) => draw(generic, text));
  const family = families.find((each) => !generics.some((generic) => generic === each) && generics.some((generic, index) => draw(`${each}, ${generic}`, text) !== without[index]));
  const name = family?.replaceAll('"', '');
  return { family: name?.replace(/ Variable$/u, '') ?? null, isShipped: name?.endsWith(' Variable') ?? false, missing };
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
  // Latin letters inside Arabic are none of the language's own.
  return fontFamily.split(/,\s*/u).filter((family) => family !== '"Dragoman Latin"');
};

/** The name that the language gives itself, sign by sign: it is written in the language's own script. */
const signsOf = (language: string): readonly string[] => {
  let name: string;
  try { name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? languageName(language); } catch { name = languageName(language); }
  return [...new Set(Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name), ({ segment }) => segment))].filter((sign) => /\p{L}/u.test(sign));
};

const createPen = (): ((families: string, text: string) => string) => {
  const canvas = document.createElement('canvas');
  canvas.width = size * 12;
  canvas.height = size * 2;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (families, text) => {
    if (context === null) return '';
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.font = `${size}px ${families}`;
    context.fillText(text, size, size * 1.4);
    return context.getImageData(0, 0, canvas.width, canvas.height).data.join('');
  };
};
