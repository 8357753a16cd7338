/** Which languages an encoder knows, by BCP-47 tags: `zh-Hans` is `zh`, `pt-BR` is `pt`, `cmn` is `zh`. */

/**
 * Codes of individual languages under the code that model cards use for them (ISO 639-3 macrolanguages, and old ISO 639-1 codes).
 * Only varieties whose written standard is what the models saw; dialects like `arz` or `yue` are languages of their own here.
 */
const macrolanguage: Readonly<Record<string, string>> = {
  cmn: 'zh', arb: 'ar', nb: 'no', nn: 'no', nob: 'no', nno: 'no', fil: 'tl', iw: 'he', in: 'id', ji: 'yi', ekk: 'et', lvs: 'lv', pes: 'fa', prs: 'fa', zsm: 'ms', khk: 'mn', azj: 'az',
  uzn: 'uz', npi: 'ne', swh: 'sw', pbt: 'ps', pbu: 'ps', als: 'sq', plt: 'mg', ory: 'or', ydd: 'yi', gaz: 'om', kmr: 'ku', hbs: 'sr', sh: 'sr',
};

/** The language of a tag without script, region and variant; undefined for `und` and private tags. */
export const baseLanguage = (tag: string): string | undefined => {
  const [first = ''] = tag.toLowerCase().split('-');
  if (first === '' || first === 'und' || first === 'x' || first === 'mul' || first === 'zxx') return undefined;
  return macrolanguage[first] ?? first;
};

/** Whether a list of languages holds the language of a tag. */
export const covers = (languages: readonly string[], tag: string): boolean => {
  const base = baseLanguage(tag);
  return base !== undefined && languages.some((known) => baseLanguage(known) === base);
};
