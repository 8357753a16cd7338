import type { Predicate } from '../../../../main/contract/pairs.ts';
import { listed, t, tIfAny } from '../../../strings/catalogue.ts';
import { asFigure } from '../../../strings/isolate.ts';
import { typed } from '../../../strings/numbers.ts';
import { languageName } from '../../../text/languages.ts';
import { rangeOf } from './filter.ts';

/** Names that filters need and the project knows. */
export type Names = { readonly annotator: (id: number) => string };

export const relationSigns = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '=': '=', '!=': '≠' } as const;

/** The name of a column as it is read: known ones in words, imported ones as they are. */
export const columnName = (column: string): string => tIfAny(`review.column.${column}`, column);
export const checkName = (check: string): string => tIfAny(`review.check.${check}`, check);

/** Field and value of a chip: "Margin", "1.04 to 1.25". */
export const chipWords = (predicate: Predicate, names: Names): readonly [field: string, value: string] => {
  const range = rangeOf(predicate);
  if (range !== undefined) return [columnName(range.column), t('review.chip.range', { low: typed(range.minimum), high: typed(range.maximum) })];
  switch (predicate.kind) {
    case 'number': return [columnName(predicate.column), asFigure(`${relationSigns[predicate.relation]} ${typed(predicate.value)}`)];
    case 'label': return [columnName(predicate.column), predicate.value === '' ? t('review.chip.noLabel') : predicate.value];
    case 'text': return [t(`review.chip.text.${predicate.side}`), t(`review.chip.how.${predicate.how ?? 'substring'}`, { text: predicate.contains }) + (predicate.matchCase ? ` ${t('review.chip.matchCase')}` : '')];
    case 'kept': return [t('review.chip.kept'), t(predicate.value ? 'review.chip.keptYes' : 'review.chip.keptNo')];
    case 'decision': return [predicate.by === null ? t('review.chip.decision') : t('review.chip.decisionBy', { name: names.annotator(predicate.by) }), t(`review.decision.${predicate.value}`)];
    case 'flag': return [t('review.chip.flag'), t(predicate.value ? `review.flag.${predicate.flag}` : `review.notFlag.${predicate.flag}`)];
    case 'mark': return [t('review.chip.mark'), t(predicate.value ? `review.mark.${predicate.mark}` : `review.notMark.${predicate.mark}`)];
    case 'check': return [t(predicate.state === 'open' ? 'review.chip.check' : 'review.chip.checkIgnored'), predicate.check === 'any' ? t('review.chip.anyCheck') : checkName(predicate.check)];
    case 'file': return [t(`review.chip.file.${predicate.side}`), predicate.name];
    case 'language': return [t(`review.chip.language.${predicate.side}`), languageName(predicate.value)];
    case 'otherLanguage': return [t('review.chip.otherLanguage'), t(`review.chip.otherLanguage.${predicate.side}`)];
    case 'dropReason': return [t('review.chip.dropReason'), t(`review.drop.${predicate.value}`)];
    case 'queue': return [t('review.chip.queue'), t('review.chip.queueOpen')];
    case 'pairs': return [t('review.chip.pairs'), predicate.ids.length <= 3 ? listed(predicate.ids.map(String)) : t('review.chip.pairCount', { count: predicate.ids.length })];
    case 'not': { const [field, value] = chipWords(predicate.of, names); return [field, t('review.chip.not', { value })]; }
    case 'all': case 'any': return [t(`review.chip.${predicate.kind}`), listed(predicate.of.map((part) => chipWords(part, names).join(' ')))];
  }
};
