import { setsNoSpaces } from '../text/script.ts';

/** One line of a glossary: what a term is called in the target language, any one of the forms. */
export type GlossaryEntry = { readonly source: string; readonly forms: readonly string[] };
/** An entry that stands in a text, so many times. */
export type GlossaryTerm = GlossaryEntry & { readonly times: number };
export type Glossary = { readonly size: number; termsOf(text: string): readonly GlossaryTerm[] };

/** `source TAB target`, several targets with | between them. null: no entry. */
export const glossaryEntry = (line: string): GlossaryEntry | null => {
  const [source = '', target = ''] = line.split('\t');
  const forms = target.split('|').map((form) => form.normalize('NFC').trim()).filter((form) => form !== '');
  return source.trim() === '' || forms.length === 0 ? null : { source: source.normalize('NFC').trim(), forms };
};

/**
 * Finds the terms of a text: whole words whatever their case (anywhere in scripts without spaces), the longest at each place, none inside another.
 *
 * A form may also begin with a capital, as at the beginning of a sentence. Terms are found by their first word, so that a long glossary costs no more than a short one.
 */
export const createGlossary = (entries: readonly GlossaryEntry[], sourceLanguage: string): Glossary => {
  const spaced = !setsNoSpaces(sourceLanguage);
  const word = spaced ? /[\p{L}\p{M}\p{N}]+/gu : /\p{L}/gu;
  const byTerm = new Map<string, Set<string>>();
  for (const { source, forms } of entries) {
    const term = source.toLowerCase();
    byTerm.set(term, new Set([...byTerm.get(term) ?? [], ...forms.flatMap((form) => [form, capitalised(form)])]));
  }
  const byStart = Map.groupBy(byTerm.keys(), (term) => term.match(word)?.[0] ?? term);
  for (const terms of byStart.values()) terms.sort((left, right) => right.length - left.length);

  return {
    size: byTerm.size,
    termsOf: (text) => {
      const lower = text.normalize('NFC').toLowerCase();
      const times = new Map<string, number>();
      let end = 0;
      for (const { 0: start, index } of lower.matchAll(word)) {
        if (index < end) continue;
        const term = byStart.get(start)?.find((one) => lower.startsWith(one, index) && !(spaced && /^[\p{L}\p{M}\p{N}]/u.test(lower.slice(index + one.length, index + one.length + 2))));
        if (term === undefined) continue;
        times.set(term, (times.get(term) ?? 0) + 1);
        end = index + term.length;
      }
      return [...times].map(([source, count]) => ({ source, forms: [...byTerm.get(source) ?? []], times: count }));
    },
  };
};

const capitalised = (form: string): string => {
  const [first = ''] = form;
  return first.toUpperCase() + form.slice(first.length);
};

/** Terms that a translation does not have: as text, whatever tokens it was made of. */
export const missingTerms = (terms: readonly GlossaryTerm[], translation: string): readonly GlossaryTerm[] =>
  terms.filter(({ forms, times }) => forms.reduce((sum, form) => sum + translation.split(form).length - 1, 0) < times);
