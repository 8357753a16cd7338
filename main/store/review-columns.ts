import type { Decision, Flag } from '../contract/pairs.ts';

/** Names and values of the columns that reviewing writes; none of them is offered as a score. */

/** The decision in force, as it overrides the cut. */
export const decisionColumn = 'decision';
/** Who judged: an annotator's number, or the adjudicator whose word is in force whatever others said. */
export type Judge = number | 'adjudicated';
export type JudgementColumns = { readonly decision: string; readonly label: string; readonly reason: string; /** Seconds since 1970. */ readonly at: string };

export const columnsOfJudge = (judge: Judge): JudgementColumns => ({ decision: `decision@${judge}`, label: `label@${judge}`, reason: `reason@${judge}`, at: `at@${judge}` });

export const flagsColumn = 'flags';
export const marksColumn = 'marks';
/** 1 = hidden by a merge, or not there (any more) because a split was taken back. */
export const goneColumn = 'gone';

/** Bits of `domain/review/checks/check-ids.ts`: found and open, found and set aside. */
export const checksColumn = 'checks';
export const ignoredColumn = 'checksIgnored';

export const isInternal = (name: string): boolean => /^(decision|flags|marks|gone|checks|checksIgnored)$|^(decision|label|reason|at)@/.test(name);

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
