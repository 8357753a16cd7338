/**
 * Counted things in Arabic, whose nouns change with the number: 1 زوج واحد, 2 زوجان, 3 to 10 أزواج, 11 to 99 زوجًا, 100 زوج.
 *
 * One and two are said without a figure. After another word (a verbal noun, a preposition) the dual is oblique: تصدير زوجين.
 */
type Noun = { readonly singular: string; readonly one: string; readonly two: string; readonly twoAfter: string; readonly few: string; readonly many: string };

type SixForms = Readonly<Record<Intl.LDMLPluralRule, string>>;

const masculine = (singular: string, plural: string, many: string): Noun => ({ singular, one: `${singular} واحد`, two: `${singular}ان`, twoAfter: `${singular}ين`, few: plural, many });

/** Nouns in ة: it opens to ت before an ending. */
const feminine = (singular: string, plural: string): Noun => {
  const stem = `${singular.slice(0, -1)}ت`;
  return { singular, one: `${singular} واحدة`, two: `${stem}ان`, twoAfter: `${stem}ين`, few: plural, many: singular };
};

export const nouns = {
  pair: masculine('زوج', 'أزواج', 'زوجًا'),
  sentence: feminine('جملة', 'جمل'),
  file: masculine('ملف', 'ملفات', 'ملفًا'),
  row: masculine('صف', 'صفوف', 'صفًا'),
  line: masculine('سطر', 'أسطر', 'سطرًا'),
  collection: feminine('مجموعة', 'مجموعات'),
  job: feminine('مهمة', 'مهام'),
  language: feminine('لغة', 'لغات'),
  core: feminine('نواة', 'نوى'),
  model: masculine('نموذج', 'نماذج', 'نموذجًا'),
  encoder: masculine('مرمّز', 'مرمّزات', 'مرمّزًا'),
  key: masculine('مفتاح', 'مفاتيح', 'مفتاحًا'),
  action: masculine('إجراء', 'إجراءات', 'إجراءً'),
  thread: masculine('خيط', 'خيوط', 'خيطًا'),
  token: masculine('رمز', 'رموز', 'رمزًا'),
  filter: masculine('مرشّح', 'مرشّحات', 'مرشّحًا'),
  comment: masculine('تعليق', 'تعليقات', 'تعليقًا'),
  judgement: masculine('حكم', 'أحكام', 'حكمًا'),
  band: feminine('شريحة', 'شرائح'),
  link: masculine('رابط', 'روابط', 'رابطًا'),
  draft: feminine('مسودة', 'مسودات'),
  value: feminine('قيمة', 'قيم'),
  annotator: masculine('موسّم', 'موسّمين', 'موسّمًا'),
} as const satisfies Readonly<Record<string, Noun>>;

/** Puts the counted noun where `#` stands; `after` a word that governs it. */
export const counted = (noun: Noun, frame = '#', after = false): SixForms => {
  const put = (words: string): string => frame.replace('#', words);
  return {
    zero: put(`{count} ${noun.singular}`), one: put(noun.one), two: put(after ? noun.twoAfter : noun.two),
    few: put(`{count} ${noun.few}`), many: put(`{count} ${noun.many}`), other: put(`{count} ${noun.singular}`),
  };
};

/** The same words for every number: where a figure stands alone, or its noun stands elsewhere. */
export const always = (words: string): SixForms => ({ zero: words, one: words, two: words, few: words, many: words, other: words });

/** The noun alone, for a figure that is drawn apart from it. */
export const beside = (noun: Noun, frame = '#'): SixForms => {
  const put = (words: string): string => frame.replace('#', words);
  return { zero: put(noun.singular), one: put(noun.singular), two: put(noun.two), few: put(noun.few), many: put(noun.many), other: put(noun.singular) };
};
