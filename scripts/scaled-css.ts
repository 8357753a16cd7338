/**
 * How the page's style sheets follow its zoom, as a PostCSS plugin of the page's build.
 *
 * They are written in px of an unzoomed page. Here lengths become rem, which the page's zoom multiplies, and questions about the window's width and height become questions about the page in
 * rem: at 200 % a window of 1280 px is as narrow as one of 640 px at 100 %. Hairlines (up to 2 px) stay, and so does lettering inside drawings, which are scaled as a whole.
 */

/** The members of PostCSS's nodes that are used. */
type Declaration = { value: string; readonly parent?: { readonly type: string; readonly selector?: string } | undefined };
type AtRule = { name: string; params: string };

const hairline = 2;
const unzoomed = 16;
const length = /(?<![\w.])(?<!\w-)(\d*\.?\d+)px\b/gu;
const windowQuestion = /^\((?:max|min)-(?:width|height): *[\d.]+px\)(?: and \((?:max|min)-(?:width|height): *[\d.]+px\))*$/u;

const inRem = (text: string, least: number): string => text.replace(length, (whole, digits: string) => (Number(digits) <= least ? whole : `${Number((Number(digits) / unzoomed).toFixed(5))}rem`));

export const scaledCss = () => ({
  postcssPlugin: 'scaled-css',
  Declaration: (declaration: Declaration): void => {
    if (!declaration.value.includes('px') || declaration.parent?.selector?.includes('svg text') === true) return;
    const next = inRem(declaration.value, hairline);
    if (next !== declaration.value) declaration.value = next;
  },
  AtRule: {
    media: (rule: AtRule): void => {
      if (!windowQuestion.test(rule.params)) return;
      rule.name = 'container';
      rule.params = `page ${inRem(rule.params, 0)}`;
    },
  },
});
