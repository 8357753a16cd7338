import { describe, expect, it } from 'vitest';
import { Failure } from '../../../contract/errors.ts';
import type { Scheme, SchemeLabel } from '../../../contract/review.ts';
import { checkedScheme } from './check-scheme.ts';
import { bundledSchemes, labelAt } from './schemes.ts';

const leaves = (labels: readonly SchemeLabel[]): SchemeLabel[] => labels.flatMap((label) => (label.children.length === 0 ? [label] : [...leaves(label.children)]));
const scheme = (id: string): Scheme => {
  const found = bundledSchemes.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no scheme ${id}`);
  return found;
};
const plain = (id: string, decision: SchemeLabel['decision'] = 'accept', children: readonly SchemeLabel[] = []): SchemeLabel => ({ id, title: id, decision, children });
const own = (labels: readonly SchemeLabel[]): Scheme => ({ id: 'ours', title: 'Ours', source: 'us', ordered: false, labels: [...labels], reasons: [], custom: false });
const messageOf = (given: Scheme): string => {
  try {
    checkedScheme(given);
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.message;
  }
  return '';
};

describe('schemes that come along', () => {
  it('ELRC has seven ordered labels, MaCoCu three questions of which a wrong answer ends the item', () => {
    expect(scheme('elrc').labels.map(({ id }) => id)).toEqual(['L', 'A', 'T', 'MT', 'E', 'F', 'V']);
    expect(scheme('elrc').ordered).toBe(true);
    expect(leaves(scheme('macocu').labels).map(({ id }) => id)).toEqual(['WL', 'ML', 'MC', 'RC', 'MA', 'LQT', 'CBT', 'V']);
    expect(labelAt(scheme('macocu'), ['languages', 'content', 'LQT']).decision).toBe('reject');
  });

  it('pass the check of custom ones under another id, every answer with a decision', () => {
    for (const one of bundledSchemes) {
      expect(checkedScheme({ ...one, id: `our-${one.id}` })).toEqual({ ...one, id: `our-${one.id}`, custom: true });
      for (const leaf of leaves(one.labels)) expect(leaf.decision).not.toBeNull();
    }
  });

  it('a path must end at an answer', () => {
    expect(() => labelAt(scheme('macocu'), ['languages'])).toThrow('not an answer yet');
    expect(() => labelAt(scheme('macocu'), ['WL', 'V'])).toThrow('not a label');
    expect(() => labelAt(scheme('elrc'), [])).toThrow('not a label');
  });
});

describe('custom schemes', () => {
  it.each<[string, Scheme, string]>([
    ['without labels', own([]), 'no labels'],
    ['with an id twice', own([plain('a'), plain('a')]), 'twice'],
    ['with a slash in an id', own([plain('a/b')]), 'slash'],
    ['with an answer that says nothing', own([plain('a', null)]), 'says neither'],
    ['with an answer that decides and asks on', own([plain('a', 'accept', [plain('b')])]), 'asks on as well'],
    ['with more labels than keys', own(Array.from({ length: 10 }, (_, at) => plain(String(at)))), '10 labels'],
    ['too deep', own([plain('a', null, [plain('b', null, [plain('c', null, [plain('d', null, [plain('e', null, [plain('f')])])])])])]), 'more than 5'],
    ['under the id of one that comes along', { ...own([plain('a')]), id: 'elrc' }, 'cannot be replaced'],
  ])('%s are refused', (_, given, message) => {
    expect(messageOf(given)).toContain(message);
  });
});
