import { faceScripts, type FaceScript } from './face-scripts.ts';

/** What the user set for a script: a family before the usual ones, and a factor of size. */
export type FaceChoice = { readonly family: string | null; /** 1: as usual. */ readonly size: number };
export type OwnFaces = Readonly<Record<string, FaceChoice>>;

/** Factors that a row of any density can hold. */
export const faceSizes = [0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.2, 1.3, 1.4] as const;

/** Reads what an earlier visit kept; what is none is left out. */
export const checkOwnFaces = (found: unknown): OwnFaces => {
  if (typeof found !== 'object' || found === null) return {};
  return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, FaceChoice] => faceScripts.some(({ script }) => script === entry[0]) && isChoice(entry[1])));
};

const isChoice = (found: unknown): found is FaceChoice =>
  typeof found === 'object' && found !== null && 'family' in found && (found.family === null || typeof found.family === 'string') && 'size' in found && faceSizes.some((size) => size === found.size);

/** A family's name as style sheets take it. */
export const quoted = (family: string): string => `"${family.replace(/[\\"]/gu, '\\$&').replace(/[\n\r\f]/gu, ' ')}"`;

/** The style sheet that lays the choices over `text.css`: the usual stack stays behind the chosen family, for the signs that this has not. */
export const ownFacesCss = (own: OwnFaces): string => faceScripts.flatMap((each) => {
  const choice = own[each.script];
  return choice === undefined ? [] : [ruleOf(each, choice, 'row'), ruleOf(each, choice, 'read')];
}).join('\n');

const ruleOf = ({ script, stack, size, selector }: FaceScript, { family, size: factor }: FaceChoice, where: 'row' | 'read'): string => {
  // Latin letters inside Arabic keep their own face whatever face the Arabic has.
  const before = family === null ? '' : `${script === 'Arab' || script === 'Aran' ? '"Dragoman Latin", ' : ''}${quoted(family)}, `;
  return `.text${where === 'read' ? '.read' : ''}${selector} { font-family: ${before}var(--${where}-${stack}), var(--face-others); font-size: calc(var(--text-${where}) * var(--size-adjust-${size}) * ${factor}); }`;
};

let sheet: CSSStyleSheet | undefined;

/** Puts the choices into the document, after all other sheets. */
export const wearOwnFaces = (own: OwnFaces): void => {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
  }
  sheet.replaceSync(ownFacesCss(own));
};
