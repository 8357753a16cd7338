import type { FoundSpans, TextSpan } from '../../contract/label.ts';

/** How the best places that two methods found for one span lie to each other. */
export type Agreement = 'same' | 'nested' | 'crossing' | 'apart' | 'one-abstains' | 'both-abstain';

export const agreements = ['same', 'nested', 'crossing', 'apart', 'one-abstains', 'both-abstain'] as const satisfies readonly Agreement[];

export const agreementOf = (left: FoundSpans, right: FoundSpans): Agreement => {
  const [one, other] = [left.best[0], right.best[0]];
  if (one === undefined || other === undefined) return one === undefined && other === undefined ? 'both-abstain' : 'one-abstains';
  if (one.from === other.from && one.to === other.to) return 'same';
  if (one.to <= other.from || other.to <= one.from) return 'apart';
  return holds(one, other) || holds(other, one) ? 'nested' : 'crossing';
};

const holds = (outer: TextSpan, inner: TextSpan): boolean => outer.from <= inner.from && inner.to <= outer.to;

/**
 * The place that is written where two methods ran: what they agree on; else what the alignment says, and where it abstains, what the search says.
 *
 * (On the gold names of the New Testament the alignment is right more often where the two differ: docs/label.md.)
 */
export const preferred = (found: readonly FoundSpans[]): FoundSpans['best'][number] | null => {
  const of = (method: FoundSpans['method']): FoundSpans['best'][number] | undefined => found.find((one) => one.method === method)?.best[0];
  return of('alignment') ?? of('constrained') ?? null;
};
