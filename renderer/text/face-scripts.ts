/** A script whose face can be chosen. */
export type FaceScript = {
  /** ISO 15924. */
  readonly script: string;
  /** How the tokens call its stacks and its optical size. */
  readonly stack: string;
  readonly size: string;
  /** What texts of it are found by. */
  readonly selector: string;
  /** A line in one of its languages, to be judged by eye. Material, not words of the interface. */
  readonly language: string;
  readonly sample: string;
  /** Families worth looking for beside those of the stack. */
  readonly others: readonly string[];
};

const one = (script: string, language: string, sample: string, others: readonly string[], part: Partial<FaceScript> = {}): FaceScript => ({
  script, stack: script.toLowerCase(), size: 'latn', selector: `[data-script="${script}"]`, language, sample, others, ...part,
});

const european = ['Source Sans 3 Variable', 'Noto Serif', 'Noto Sans', 'Charter', 'Georgia', 'Cambria', 'Times New Roman', 'Liberation Serif', 'DejaVu Serif', 'DejaVu Sans', 'Segoe UI', 'Arial'];

/** Every script that the tokens name, in the order of the settings. */
export const faceScripts: readonly FaceScript[] = [
  one('Latn', 'de', 'Der Leuchtturm bleibt geschlossen.', european),
  one('Cyrl', 'ru', 'Маяк сегодня закрыт.', european, { stack: 'latn' }),
  one('Grek', 'el', 'Ο φάρος είναι κλειστός.', european, { stack: 'latn' }),
  one('Arab', 'ar', 'المنارة مغلقة أمام الزوّار.', ['Amiri', 'Scheherazade New', 'Noto Sans Arabic', 'Noto Kufi Arabic', 'Segoe UI', 'Arial', 'DejaVu Sans'], { size: 'arab', selector: '[data-script="Arab"]:not(:lang(ur))' }),
  one('Aran', 'ur', 'روشنی کا مینار آج بند ہے۔', ['Noto Nastaliq Urdu', 'Jameel Noori Nastaleeq', 'Nafees Nastaleeq', 'Noto Naskh Arabic', 'Segoe UI'], { size: 'arab', selector: ':lang(ur)' }),
  one('Hebr', 'he', 'המגדלור סגור למבקרים.', ['Frank Ruehl CLM', 'Frank Ruhl Libre', 'SBL Hebrew', 'Ezra SIL', 'Times New Roman', 'DejaVu Sans'], { size: 'hebr' }),
  one('Deva', 'hi', 'प्रकाशस्तंभ आज बंद है।', ['Mangal', 'Lohit Devanagari', 'Kohinoor Devanagari', 'Sanskrit 2003'], { size: 'deva' }),
  one('Hans', 'zh-Hans', '灯塔暂不对外开放。', ['Source Han Serif SC', 'Source Han Sans SC', 'Songti SC', 'SimHei', 'KaiTi', 'WenQuanYi Zen Hei'], { size: 'hans' }),
  one('Hant', 'zh-Hant', '燈塔暫不對外開放。', ['Source Han Serif TC', 'Source Han Sans TC', 'Songti TC', 'DFKai-SB', 'WenQuanYi Zen Hei'], { size: 'hans' }),
  one('Jpan', 'ja', '灯台は見学できません。', ['Source Han Serif', 'Source Han Sans', 'Yu Mincho', 'Meiryo', 'IPAexMincho', 'IPAexGothic', 'TakaoMincho'], { size: 'hans' }),
  one('Kore', 'ko', '등대는 오늘 닫혀 있다.', ['Source Han Serif K', 'Source Han Sans K', 'Nanum Myeongjo', 'NanumGothic', 'Malgun Gothic', 'Batang'], { size: 'hans' }),
  one('Thai', 'th', 'วันนี้ประภาคารปิด', ['Sarabun', 'TH Sarabun New', 'Angsana New', 'Leelawadee UI', 'Garuda', 'Loma'], { size: 'thai' }),
  one('Khmr', 'km', 'ថ្ងៃនេះបិទ', ['Khmer OS', 'Khmer OS Battambang', 'Khmer UI'], { size: 'khmr' }),
  one('Mymr', 'my', 'မီးပြတိုက် ယနေ့ ပိတ်သည်။', ['Padauk', 'Pyidaungsu', 'Myanmar Text'], { size: 'mymr' }),
  one('Ethi', 'am', 'ዛሬ በሩ ዝግ ነው።', ['Abyssinica SIL', 'Nyala', 'Ebrima'], { size: 'ethi' }),
  one('Geor', 'ka', 'შუქურა დღეს დაკეტილია.', ['Sylfaen', 'DejaVu Serif', 'DejaVu Sans', 'Segoe UI']),
  one('Cher', 'chr', 'ᏍᎩᎾᎾ ᎠᏍᏚᎭ', ['Plantagenet Cherokee', 'Gadugi']),
];

export const faceScript = (script: string): FaceScript | undefined => faceScripts.find((each) => each.script === script);
