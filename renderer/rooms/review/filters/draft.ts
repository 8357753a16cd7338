import type { Predicate } from '../../../../main/contract/pairs.ts';
import { readNumber } from '../../../strings/numbers.ts';
import { rangeOf, rangePredicate } from './filter.ts';

/** The fields that a chip can be about. A number or a label is followed by its column: `number:margin`. */
export type Field = `number:${string}` | `label:${string}` | 'text' | 'decision' | 'flag' | 'mark' | 'check' | 'kept' | 'dropReason' | 'file' | 'language' | 'otherLanguage' | 'queue' | 'pairs' | 'group';

/** A filter as it is being written: every part is a word in a field or a choice. */
export type Draft = {
  readonly field: Field;
  readonly not: boolean;
  /** Relation of a number; `range` has two ends. */
  readonly relation: '>=' | '<=' | '>' | '<' | '=' | '!=' | 'range';
  readonly low: string;
  readonly high: string;
  readonly words: string;
  readonly side: 'source' | 'target' | 'either';
  readonly how: 'substring' | 'word' | 'regex';
  readonly matchCase: boolean;
  /** A choice of a list: decision, flag, mark, check, language, reason. */
  readonly choice: string;
  readonly by: number | null;
  /** Of a check: findings that were ignored. */
  readonly ignored: boolean;
  readonly join: 'all' | 'any';
  readonly of: readonly Predicate[];
};

export const emptyDraft = (field: Field): Draft => ({
  field, not: false, relation: field.startsWith('number:') ? 'range' : '=', low: '', high: '', words: '', side: field === 'text' || field === 'otherLanguage' ? 'either' : 'source', how: 'substring', matchCase: false, choice: firstChoice[field] ?? '', by: null, ignored: false, join: 'any', of: [],
});

const firstChoice: Partial<Record<string, string>> = { decision: 'none', flag: 'flagged', mark: 'edited', check: 'any', kept: 'yes', dropReason: 'cut' };

/** A chip, opened to be changed. */
export const draftOf = (predicate: Predicate): Draft => {
  const range = rangeOf(predicate);
  if (range !== undefined) return { ...emptyDraft(`number:${range.column}`), relation: 'range', low: String(range.minimum), high: String(range.maximum) };
  switch (predicate.kind) {
    case 'number': return { ...emptyDraft(`number:${predicate.column}`), relation: predicate.relation, low: String(predicate.value) };
    case 'label': return { ...emptyDraft(`label:${predicate.column}`), words: predicate.value };
    case 'text': return { ...emptyDraft('text'), words: predicate.contains, side: predicate.side, how: predicate.how ?? 'substring', matchCase: predicate.matchCase };
    case 'kept': return { ...emptyDraft('kept'), choice: predicate.value ? 'yes' : 'no' };
    case 'decision': return { ...emptyDraft('decision'), choice: predicate.value, by: predicate.by };
    case 'flag': return { ...emptyDraft('flag'), choice: predicate.flag, not: !predicate.value };
    case 'mark': return { ...emptyDraft('mark'), choice: predicate.mark, not: !predicate.value };
    case 'check': return { ...emptyDraft('check'), choice: predicate.check, ignored: predicate.state === 'ignored' };
    case 'file': return { ...emptyDraft('file'), side: predicate.side, words: predicate.name };
    case 'language': return { ...emptyDraft('language'), side: predicate.side, words: predicate.value };
    case 'otherLanguage': return { ...emptyDraft('otherLanguage'), side: predicate.side };
    case 'dropReason': return { ...emptyDraft('dropReason'), choice: predicate.value };
    case 'queue': return { ...emptyDraft('queue'), words: predicate.view };
    case 'pairs': return { ...emptyDraft('pairs'), words: predicate.ids.join(' ') };
    case 'not': return { ...draftOf(predicate.of), not: true };
    case 'all': case 'any': return { ...emptyDraft('group'), join: predicate.kind, of: predicate.of };
  }
};

/** What is wrong with a draft: a number, words, an expression or ids are missing or cannot be read. */
export type Fault = 'noNumber' | 'noWords' | 'badExpression' | 'noPairs' | 'emptyRange';

export const predicateOfDraft = (draft: Draft): Predicate | { readonly fault: Fault } => {
  const found = plain(draft);
  return 'fault' in found || !draft.not || found.kind === 'flag' || found.kind === 'mark' ? found : { kind: 'not', of: found };
};

const plain = (draft: Draft): Predicate | { readonly fault: Fault } => {
  const { field, choice } = draft;
  const words = draft.words.trim();
  if (field.startsWith('number:')) return number(field.slice('number:'.length), draft);
  if (field.startsWith('label:')) return { kind: 'label', column: field.slice('label:'.length), value: words };
  switch (field) {
    case 'text': return draft.words === '' ? { fault: 'noWords' } : draft.how === 'regex' && !isExpression(draft.words) ? { fault: 'badExpression' } : { kind: 'text', side: draft.side, contains: draft.words, matchCase: draft.matchCase, how: draft.how };
    case 'kept': return { kind: 'kept', value: choice === 'yes' };
    case 'decision': return { kind: 'decision', by: draft.by, value: decisions.find((each) => each === choice) ?? 'none' };
    case 'flag': return { kind: 'flag', flag: flags.find((each) => each === choice) ?? 'flagged', value: !draft.not };
    case 'mark': return { kind: 'mark', mark: marks.find((each) => each === choice) ?? 'edited', value: !draft.not };
    case 'check': return { kind: 'check', check: choice, state: draft.ignored ? 'ignored' : 'open' };
    case 'file': return words === '' ? { fault: 'noWords' } : { kind: 'file', side: draft.side === 'target' ? 'target' : 'source', name: words };
    case 'language': return words === '' ? { fault: 'noWords' } : { kind: 'language', side: draft.side === 'target' ? 'target' : 'source', value: words };
    case 'otherLanguage': return { kind: 'otherLanguage', side: draft.side };
    case 'dropReason': return { kind: 'dropReason', value: choice === 'rejected' ? 'rejected' : 'cut' };
    case 'queue': return words === '' ? { fault: 'noWords' } : { kind: 'queue', view: words };
    case 'pairs': return pairs(words);
    default: return draft.of.length === 0 ? { fault: 'noWords' } : { kind: draft.join, of: draft.of };
  }
};

export const decisions = ['none', 'accept', 'reject', 'unsure', 'conflict'] as const;
export const flags = ['flagged', 'personal-data', 'offensive'] as const;
export const marks = ['edited', 'commented', 'added'] as const;

const number = (column: string, { relation, low, high }: Draft): Predicate | { readonly fault: Fault } => {
  const [from, to] = [readNumber(low), readNumber(high)];
  if (relation !== 'range') return from === undefined ? { fault: 'noNumber' } : { kind: 'number', column, relation, value: from };
  if (from === undefined && to === undefined) return { fault: 'noNumber' };
  if (from === undefined || to === undefined) {
    if ((low.trim() !== '' && from === undefined) || (high.trim() !== '' && to === undefined)) return { fault: 'noNumber' };
    return from === undefined ? { kind: 'number', column, relation: '<=', value: to ?? 0 } : { kind: 'number', column, relation: '>=', value: from };
  }
  return from > to ? { fault: 'emptyRange' } : rangePredicate({ column, minimum: from, maximum: to });
};

const pairs = (words: string): Predicate | { readonly fault: Fault } => {
  const ids = words.split(/[\s,;]+/u).filter((each) => each !== '').map(Number);
  return ids.length === 0 || ids.length > 10_000 || !ids.every((id) => Number.isInteger(id) && id >= 0) ? { fault: 'noPairs' } : { kind: 'pairs', ids };
};

const isExpression = (text: string): boolean => { try { return new RegExp(text, 'u') instanceof RegExp; } catch { return false; } };
