import type { Decision, Flag, Predicate } from '../../../../main/contract/pairs.ts';
import type { NormaliseStep } from '../../../../main/contract/review.ts';
import type { BulkAction } from '../../../../main/contract/review-bulk.ts';
import type { PlainKey } from '../../../strings/catalogue.ts';
import { predicateOf, type Filter } from '../filters/filter.ts';

export type BulkKind = BulkAction['kind'];
export const bulkKinds = ['replace', 'normalise', 'restore', 'swap', 'decide', 'flag'] as const satisfies readonly BulkKind[];
export const sides = ['source', 'target', 'both'] as const;
export type Sides = (typeof sides)[number];
export const decisions = ['accept', 'reject', 'unsure', 'none'] as const satisfies readonly Decision[];
export const flags = ['flagged', 'personal-data', 'offensive'] as const satisfies readonly Flag[];
export const normaliseSteps = ['nfc', 'spaces', 'controls', 'quotes', 'full-width', 'repeated-punctuation'] as const satisfies readonly NormaliseStep[];

/** The form as it stands: every kind keeps what was chosen for it. */
export type BulkDraft = {
  readonly kind: BulkKind;
  readonly side: Sides;
  readonly find: string; readonly with: string;
  readonly regex: boolean; readonly matchCase: boolean; readonly wholeWord: boolean; readonly wholeGraphemes: boolean;
  readonly steps: readonly NormaliseStep[];
  readonly decision: (typeof decisions)[number]; readonly reason: string;
  readonly flag: Flag; readonly value: boolean;
  /** Changes texts of accepted pairs, too. */
  readonly acceptedToo: boolean;
};

export const newBulkDraft = (kind: BulkKind): BulkDraft => ({
  kind, side: 'target', find: '', with: '', regex: false, matchCase: false, wholeWord: false, wholeGraphemes: true, steps: ['nfc', 'spaces', 'controls'], decision: 'accept', reason: '', flag: 'flagged', value: true, acceptedToo: false,
});

/** What would be done; a word for what is missing where nothing can be. */
export const actionOf = (draft: BulkDraft): BulkAction | { readonly why: PlainKey } => {
  const { kind, side } = draft;
  switch (kind) {
    case 'replace': {
      if (draft.find === '') return { why: 'bulk.why.find' };
      if (draft.regex && !isExpression(draft.find)) return { why: 'review.fault.badExpression' };
      const { find, with: template, regex, matchCase, wholeWord, wholeGraphemes } = draft;
      return { kind, side, find, with: template, regex, matchCase, wholeWord, wholeGraphemes };
    }
    case 'normalise': return draft.steps.length === 0 ? { why: 'bulk.why.steps' } : { kind, side, steps: [...draft.steps] };
    case 'restore': return { kind, side };
    case 'swap': return { kind };
    case 'decide': return { kind, decision: draft.decision, reason: draft.decision === 'reject' && draft.reason !== '' ? draft.reason : null };
    case 'flag': return { kind, flag: draft.flag, value: draft.value };
  }
};

const isExpression = (text: string): boolean => { try { return new RegExp(text, 'u').source !== ''; } catch { return false; } };

/** Texts of accepted pairs are left alone unless somebody wants otherwise; decisions and flags are about any pair. */
export const changesTexts = (kind: BulkKind): boolean => kind !== 'decide' && kind !== 'flag';

/** The pairs that are looked at: those of the filter, without the accepted ones where they are to be left alone. */
export const scopeOf = (filter: Filter, draft: Pick<BulkDraft, 'kind' | 'acceptedToo'>): Predicate | null => {
  const wanted = predicateOf(filter);
  if (!changesTexts(draft.kind) || draft.acceptedToo) return wanted;
  const notAccepted: Predicate = { kind: 'not', of: { kind: 'decision', by: null, value: 'accept' } };
  return wanted === null ? notAccepted : { kind: 'all', of: [wanted, notAccepted] };
};
