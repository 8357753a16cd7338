import { Check, CircleQuestionMark, EqualNot, X, type LucideIcon } from 'lucide-react';
import type { Decision } from '../../../main/contract/pairs.ts';

/** A decision has a glyph and a colour; the word stands beside it or is read aloud. */
export const decisionGlyphs: Readonly<Record<Decision, { readonly icon: LucideIcon | undefined; readonly tone: string }>> = {
  none: { icon: undefined, tone: '' },
  accept: { icon: Check, tone: 'is-accept' },
  reject: { icon: X, tone: 'is-reject' },
  unsure: { icon: CircleQuestionMark, tone: 'is-unsure' },
  conflict: { icon: EqualNot, tone: 'is-warn' },
};
