/**
 * Language codes as people write them, turned into the tags this program uses.
 *
 * Accepted: BCP-47 (`de`, `zh-Hant`, `pt_BR`), ISO 639-2 and 639-3 (`deu`, `ger`, `cmn`), FLORES (`deu_Latn`, `zho_Hans`), private tags
 * (`x-klingon`) and `und`. A script that the language has anyway is left out: `deu_Latn` is `de`, `zho_Hans` is `zh`, `zho_Hant` is `zh-Hant`,
 * `srp_Latn` is `sr-Latn`. The aliases come from the runtime's own CLDR data.
 */

/** Tags that Unicode's data maps to a neighbour, or to a rarer choice than text on the web is. */
const overrides: ReadonlyMap<string, string> = new Map([
  ['tl', 'tl'], ['tgl', 'tl'], ['fil', 'fil'],
  ['sh', 'sh'], ['hbs', 'sh'],
  ['prs', 'prs'],
  ['mo', 'ro'], ['mol', 'ro'],
]);

const privateTag = /^x(?:-[a-z0-9]{1,8})+$/;
const tagShape = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

/** The tag for a code, or null when it is none. `und` and private tags stay as they are, in lower case. */
export const normaliseLanguage = (code: string): string | null => {
  const written = code.trim().replaceAll('_', '-');
  const lower = written.toLowerCase();
  if (lower === 'und' || privateTag.test(lower)) return lower;
  if (!/^[a-z]{2,3}(?:-|$)/.test(lower)) return null;
  const [first = '', ...rest] = lower.split('-');
  const base = overrides.get(first);
  const canonical = base === undefined ? canonicalTag(lower) : canonicalTag(['und', ...rest].join('-'))?.replace(/^und/, base);
  if (canonical === undefined || !tagShape.test(canonical)) return null;
  return withoutDefaultScript(canonical);
};

/** True for a code whose language this runtime has a name for: tells `x.de` from `x.bak` and `x.old`. */
export const isKnownLanguage = (code: string): boolean => {
  const tag = normaliseLanguage(code);
  if (tag === null || tag === 'und' || tag.startsWith('x-')) return false;
  const base = tag.split('-')[0] ?? tag;
  return languageNames.of(base) !== undefined;
};

/** The language without script, region and variants: `zh-Hant-TW` is `zh`. Private tags stay whole. */
export const baseLanguage = (tag: string): string => (tag.startsWith('x-') ? tag : (tag.split('-')[0] ?? tag));

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

const canonicalTag = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
};

const withoutDefaultScript = (tag: string): string => {
  const parts = tag.split('-');
  const [base = tag, script] = parts;
  if (script === undefined || !/^[A-Z][a-z]{3}$/.test(script)) return tag;
  // A region may bring another default: zh-Hant-TW says nothing that zh-TW does not, but is kept as people write it.
  if (parts.length === 2 && new Intl.Locale(base).maximize().script === script) return base;
  return tag;
};
