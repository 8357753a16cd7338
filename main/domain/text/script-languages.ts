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

/** Frequent characters that only one of the two Chinese orthographies has (after Unicode's Unihan variants and OpenCC's character tables). */
const orthographies = {
  Hans: new Set('们为这说来个对选时将数从会见与样稣国发当给亚过动开话单没进华间择应点经显现标众儿么该约内还门无称击项长体图义区听问设请实头罗关档两复许认吗机圣计处传离结爱条记软边输组务页带号电犹学统导别却类诉业证马灵状员网亲议变报编预论卫则转备领声户属恶键换题总线创装连写参视达节远谁产语测场试赐脚检权书运归随须护荣赛难联录库杀调况辑细断气围乐临满风强识验队级启尽妇链决医洁帮尔战欢灯译码兰让规栏执军续献监绝块审讲玛东删灭举仅邮礼责银词严构疗孙争车顺树资训观伦签较虚宝专术买钮谢岂独热敌响坏祷态弃险维盘错隐岁络净脱纳获闭张货双够协终顿筛虽办钱财异园释药织质扩伤扫际赶凭紧读坚访灾补劝费误卖顾齐师颜红载负饼针寻缘绘减营览毁担赞环惧压觉诊优积怜宽欧轻败坛势烧晓旧帐拟济评忧贴盖习惊触诸养继职册历飞夺迹缩兴团稳额订乱贵阵劳损储悦饭兽丢罚绿脑'),
  Hant: new Set('們爲這說來個對選時將數從會見與樣穌國發當給亞過動開話單沒進華間擇應點經顯現標衆兒麼該約內還門無稱擊項長體圖義區聽問設請實頭羅關檔兩復許認嗎機聖計處傳離結愛條記軟邊輸組務頁帶號電猶學統導別卻類訴業證馬靈狀員網親議變報編預論衛則轉備領聲戶屬惡鍵換題總線創裝連寫參視達節遠誰產語測場試賜腳檢權書運歸隨須護榮賽難聯錄庫殺調況輯細斷氣圍樂臨滿風強識驗隊級啓盡婦鏈決醫潔幫爾戰歡燈譯碼蘭讓規欄執軍續獻監絕塊審講瑪東刪滅舉僅郵禮責銀詞嚴構療孫爭車順樹資訓觀倫籤較虛寶專術買鈕謝豈獨熱敵響壞禱態棄險維盤錯隱歲絡淨脫納獲閉張貨雙夠協終頓篩雖辦錢財異園釋藥織質擴傷掃際趕憑緊讀堅訪災補勸費誤賣顧齊師顏紅載負餅針尋緣繪減營覽毀擔贊環懼壓覺診優積憐寬歐輕敗壇勢燒曉舊帳擬濟評憂貼蓋習驚觸諸養繼職冊歷飛奪跡縮興團穩額訂亂貴陣勞損儲悅飯獸丟罰為眾啟裡綠腦'),
} as const;

/** `zh`, or `zh-Hant` where the traditional forms outnumber the simplified ones. */
export const chineseOrthography = (text: string): 'zh' | 'zh-Hant' => (chineseCharacters(text, 'Hant').length > chineseCharacters(text, 'Hans').length ? 'zh-Hant' : 'zh');

/** Offsets of the characters that only this orthography has. */
export const chineseCharacters = (text: string, orthography: keyof typeof orthographies): number[] => {
  const own = orthographies[orthography];
  const found: number[] = [];
  for (let at = 0; at < text.length; at += 1) if (own.has(text.charAt(at))) found.push(at);
  return found;
};
