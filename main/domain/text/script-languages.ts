/**
 * Languages told by their script, or by letters that their neighbours do not use.
 *
 * The n-gram detector knows 60 languages. A text in Khmer or Cherokee needs no n-grams, and Pashto, Kazakh or Yiddish give themselves away by a few letters;
 * without this help the detector would name the nearest language it knows. Letter lists follow the languages' CLDR exemplar characters.
 */

/** Scripts that, in running text, mean one language nearly always. */
const languageOfScript: ReadonlyMap<string, string> = new Map([
  ['Mymr', 'my'], ['Khmr', 'km'], ['Laoo', 'lo'], ['Thai', 'th'], ['Tibt', 'bo'], ['Sinh', 'si'], ['Thaa', 'dv'], ['Cher', 'chr'], ['Cans', 'iu'], ['Mong', 'mn-Mong'],
  ['Geor', 'ka'], ['Armn', 'hy'], ['Grek', 'el'], ['Taml', 'ta'], ['Telu', 'te'], ['Knda', 'kn'], ['Mlym', 'ml'], ['Gujr', 'gu'], ['Guru', 'pa'], ['Orya', 'or'],
  ['Hang', 'ko'], ['Hira', 'ja'], ['Kana', 'ja'], ['Syrc', 'syr'], ['Nkoo', 'nqo'], ['Adlm', 'ff-Adlm'], ['Tfng', 'zgh'], ['Olck', 'sat'], ['Mtei', 'mni-Mtei'],
  ['Yiii', 'ii'], ['Vaii', 'vai'], ['Java', 'jv-Java'], ['Bali', 'ban-Bali'], ['Copt', 'cop'], ['Goth', 'got'], ['Rohg', 'rhg'],
]);

type Letters = { readonly language: string; readonly has: RegExp; readonly not?: RegExp };

/** In this order: the first whose letters are there, and whose strangers are not, wins. At least two telling letters are asked for. */
const tellingLetters: ReadonlyMap<string, readonly Letters[]> = new Map<string, readonly Letters[]>([
  ['Arab', [
    { language: 'ps', has: /[ټډړږښڼځڅ]/gu, not: /[ڈڑٹ]/u },
    { language: 'sd', has: /[ڄڃڇٺٽڀڦڪڳڱٿڙ]/gu },
    { language: 'ug', has: /[ېۈۋۇ]/gu, not: /[ڕڵٹ]/u },
    { language: 'ckb', has: /[ڕڵۆێ]/gu },
  ]],
  ['Hebr', [{ language: 'yi', has: /[װױײ]|א[ַָ]|[\uFB2E\uFB2F]|ייִ|וו|ײַ/gu }]],
  ['Cyrl', [
    { language: 'kk', has: /[ұі]?[әғқңөұүһ]/gu, not: /[җҷӣӯҳў]/u },
    { language: 'tt', has: /[әҗңөүһ]/gu, not: /[қғұҡҙҫ]/u },
    { language: 'ba', has: /[ҡҙҫғ]/gu },
    { language: 'tg', has: /[ҷӣӯҳ]/gu },
    { language: 'uz-Cyrl', has: /[қғҳ]/gu, not: /[ҷӣӯ]/u },
    { language: 'ky', has: /[ңөү]/gu, not: /[әһ]/u },
    { language: 'mk', has: /[ѓќѕ]/gu },
  ]],
  ['Ethi', [{ language: 'ti', has: /[ቐቑቒቓቕቖ]/gu }]],
]);

/** Mongolian and Kyrgyz share their letters but for ң. */
const mongolianCyrillic = /[өү]/gu;

/** The language a script or its telling letters give away, or null when the script is shared by several. */
export const languageByLetters = (script: string, text: string): string | null => {
  const alone = languageOfScript.get(script);
  if (alone !== undefined) return alone;
  const lower = text.toLowerCase();
  if (script === 'Cyrl' && (lower.match(mongolianCyrillic)?.length ?? 0) >= 2 && !/[әғқңұһҗҷӣӯҳ]/u.test(lower)) return 'mn';
  for (const { language, has, not } of tellingLetters.get(script) ?? []) {
    if ((lower.match(has)?.length ?? 0) >= 2 && not?.test(lower) !== true) return language;
  }
  return null;
};

/** Frequent characters that only one of the two Chinese orthographies has. */
const simplified = /[们这国说对时会来学过还没为从开关见问题东车马门间听说话语认识让应该与业产个们难实样进发现点样觉习给红绿书买卖电脑]/gu;
const traditional = /[們這國說對時會來學過還沒為從開關見問題東車馬門間聽話語認識讓應該與業產個難實樣進發現點覺習給紅綠書買賣電腦]/gu;

/** `zh`, or `zh-Hant` where the traditional forms outnumber the simplified ones. */
export const chineseOrthography = (text: string): 'zh' | 'zh-Hant' =>
  onlyIn(text, traditional, simplified) > onlyIn(text, simplified, traditional) ? 'zh-Hant' : 'zh';

/** Occurrences of characters in `mine`, less those that stand in both lists. */
const onlyIn = (text: string, mine: RegExp, other: RegExp): number => {
  const found = text.match(mine) ?? [];
  const shared = new Set(other.source);
  return found.filter((character) => !shared.has(character)).length;
};
