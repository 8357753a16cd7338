import { expect, test } from 'vitest';
import type { Predicate } from '../../../../main/contract/pairs.ts';
import { chipWords } from './chip-words.ts';
import { draftOf, emptyDraft, predicateOfDraft } from './draft.ts';
import { filterOf, predicateOf, rangePredicate } from './filter.ts';

const everyKind: readonly Predicate[] = [
  { kind: 'number', column: 'margin', relation: '<', value: 1.5 }, rangePredicate({ column: 'lengthRatio', minimum: 0.4, maximum: 2.5 }), { kind: 'label', column: 'judged', value: 'good' },
  { kind: 'text', side: 'target', contains: '\\d+', matchCase: true, how: 'regex' }, { kind: 'kept', value: false }, { kind: 'decision', by: 3, value: 'unsure' }, { kind: 'decision', by: null, value: 'none' },
  { kind: 'flag', flag: 'personal-data', value: true }, { kind: 'flag', flag: 'flagged', value: false }, { kind: 'mark', mark: 'added', value: false }, { kind: 'check', check: 'numbers', state: 'ignored' }, { kind: 'check', check: 'any', state: 'open' },
  { kind: 'file', side: 'target', name: 'a b.tsv' }, { kind: 'language', side: 'source', value: 'zh-Hans' }, { kind: 'dropReason', value: 'rejected' }, { kind: 'pairs', ids: [4, 118] },
  { kind: 'not', of: { kind: 'text', side: 'either', contains: ' x', matchCase: false, how: 'substring' } }, { kind: 'any', of: [{ kind: 'kept', value: true }, { kind: 'decision', by: null, value: 'accept' }] },
];

test('every kind of filter can be opened, and comes back as it was', () => {
  for (const predicate of everyKind) expect(predicateOfDraft(draftOf(predicate))).toEqual(predicate);
});

test('every kind of filter has its words', () => {
  for (const predicate of everyKind) {
    const [field, value] = chipWords(predicate, { annotator: (id) => `annotator ${id}` });
    expect(field).not.toMatch(/^review\./u);
    expect(value).not.toMatch(/^review\.|^$/u);
  }
  expect(chipWords(rangePredicate({ column: 'margin', minimum: 1.04, maximum: 1.25 }), { annotator: String })).toEqual(['Margin', '1.04 to 1.25']);
});

test('a draft says what is missing', () => {
  expect(predicateOfDraft(emptyDraft('number:margin'))).toEqual({ fault: 'noNumber' });
  expect(predicateOfDraft({ ...emptyDraft('number:margin'), low: 'high' })).toEqual({ fault: 'noNumber' });
  expect(predicateOfDraft({ ...emptyDraft('number:margin'), low: '2', high: '1' })).toEqual({ fault: 'emptyRange' });
  expect(predicateOfDraft({ ...emptyDraft('number:margin'), low: '1,05' })).toEqual({ kind: 'number', column: 'margin', relation: '>=', value: 1.05 });
  expect(predicateOfDraft(emptyDraft('text'))).toEqual({ fault: 'noWords' });
  expect(predicateOfDraft({ ...emptyDraft('text'), words: '(', how: 'regex' })).toEqual({ fault: 'badExpression' });
  expect(predicateOfDraft({ ...emptyDraft('pairs'), words: 'one' })).toEqual({ fault: 'noPairs' });
});

test('a stored group is chips again, a range stays one chip', () => {
  const of = [rangePredicate({ column: 'margin', minimum: 1, maximum: 2 }), { kind: 'kept', value: true } as const];
  expect(filterOf(predicateOf({ join: 'any', of }))).toEqual({ join: 'any', of });
  expect(filterOf(rangePredicate({ column: 'margin', minimum: 1, maximum: 2 })).of).toHaveLength(1);
  expect(filterOf(null).of).toEqual([]);
});
