import type { Decision, Flag } from '../contract/pairs.ts';

/** Names and values of the columns that reviewing writes; none of them is offered as a score. */

/** The decision in force, as it overrides the cut. */
export const decisionColumn = 'decision';
/** Who judged: an annotator's number, or the adjudicator whose word is in force whatever others said. */
export type Judge = number | 'adjudicated';
export type JudgementColumns = { readonly decision: string; readonly label: string; readonly reason: string; /** Seconds since 1970. */ readonly at: string };

export const columnsOfJudge = (judge: Judge): JudgementColumns => ({ decision: `decision@${judge}`, label: `label@${judge}`, reason: `reason@${judge}`, at: `at@${judge}` });

export const flagsColumn = 'flags';
/** Of the flags, those that one annotator has set and not taken away: what they see where they judge blind. */
export const flagsOf = (annotator: number): string => `flags@${annotator}`;
export const marksColumn = 'marks';
/** Labels: the language that the detectors found on each side when they were last asked; none where a text says too little. */
export const detectedLanguageColumns = { source: 'sourceLanguageFound', target: 'targetLanguageFound' } as const;
/** 1 = hidden by a merge, or not there (any more) because a split was taken back. */
export const goneColumn = 'gone';

/** Bits of `domain/review/checks/check-ids.ts`: found and open, found and set aside. */
export const checksColumn = 'checks';
export const ignoredColumn = 'checksIgnored';

/** 1 = its texts were changed since the checks looked at it. */
export const uncheckedColumn = 'unchecked';

export const isInternal = (name: string): boolean => /^(decision|flags|marks|gone|checks|checksIgnored|unchecked)$|^(decision|label|reason|at|flags)@/.test(name);

/** Value of a decision column = place here. */
export const decisionNames: readonly Decision[] = ['none', 'accept', 'reject', 'unsure', 'conflict'];
/** Those that override the cut. */
export const decisionAccept = 1;
export const decisionReject = 2;
export const decisionCode = (decision: Decision): number => decisionNames.indexOf(decision);
export const decisionOf = (code: number): Decision => decisionNames[code] ?? 'none';

export const flagBits: Readonly<Record<Flag, number>> = { flagged: 1, 'personal-data': 2, offensive: 4 };
export type Mark = 'edited' | 'commented' | 'added';
export const markBits: Readonly<Record<Mark, number>> = { edited: 1, commented: 2, added: 4 };
