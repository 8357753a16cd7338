/**
 * A technical sentence without what belongs to the user: quoted text, names, paths, addresses, everything that is not ASCII.
 *
 * Made to lose too much rather than too little. `names` are those that are known to be the user's (collections, files, the account); places in program code
 * (`store.js:12:5`) stay, as they are what a report is for. At most 500 signs.
 */
export const withoutContent = (text: string, names: readonly string[] = []): string => {
  let left = text;
  for (const name of [...new Set(names)].filter((each) => each.trim().length > 1).sort((a, b) => b.length - a.length)) left = left.replaceAll(name, '[name]');
  for (const [pattern, sign] of patterns) left = left.replace(pattern, sign);
  return left.replace(/(\[text\])(?:[\s,;.]*\[text\])+/gu, '$1').slice(0, 500);
};

const patterns: readonly (readonly [RegExp, string])[] = [
  [/"[^"]*(?:"|$)|“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|«[^»]*(?:»|$)|‘[^’]*(?:’|$)|`[^`]*(?:`|$)|(?<!\w)'[^']*(?:'(?!\w)|$)/gu, '[text]'],
  // The code's own places, kept by their last name: `(/opt/app/out/main/store.js:12:5)` and `node:internal/modules/run_main:5:1`.
  [/(?:file:\/\/)?(?:[a-z]:)?[\\/](?:[^\s\\/()]+[\\/])*([\w.-]+\.(?:[cm]?js|[cm]?ts|node|cc|cpp|h)(?::\d+){1,2})/giu, '$1'],
  [/\b[a-z][a-z0-9+.-]*:\/\/\S*/giu, '[address]'],
  [/\S+@\S+/gu, '[address]'],
  [/(?<![\w.])(?:[a-z]:[\\/]|\\\\|~[\\/]|\/)(?!\s|$)[^\n:;"()]*/giu, '[path]'],
  [/\b[\w-]+(?:\.[\w-]+)*\.(?!(?:[cm]?js|[cm]?ts|node|cc|cpp|h):\d)[a-z][a-z0-9]{1,8}\b/giu, '[file]'],
  [/\S*[^\x00-\x7F]\S*/gu, '[text]'],
];
