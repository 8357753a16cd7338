import { ArrowDown, ArrowUp, Check, CircleQuestionMark, Flag, ListTree, MessageSquare, Milestone, OctagonAlert, UserRoundX, X } from 'lucide-react';
import { action, type Action, type Availability } from '../../../actions/action.ts';
import type { App } from '../../../stores/app.ts';
import type { PlainKey } from '../../../strings/catalogue.ts';
import { askWho } from '../annotator.ts';
import { choose, isPlain } from '../choices.ts';
import { judge, toggleFlag } from '../doing.ts';
import { nextOpen } from '../next-open.ts';
import { openRows, reviewGrid, reviewState, settleBar } from '../state.ts';
import { withPair } from './when.ts';

const plainly = (decision: 'accept' | 'unsure' | 'reject', reason: string | null = null) => (app: App): Promise<void> => judge(app, { decision, label: null, reason });

/** Accept and its kin are words of plain schemes; a scheme with labels asks for one. */
const whenPlain = (app: App): Availability => { const pair = withPair(app); return pair !== true ? pair : isPlain(openRows.getState().scheme) ? true : { why: 'review.why.scheme' }; };

const reasons = () => openRows.getState().scheme?.reasons ?? [];

const reject = async (app: App): Promise<void> => {
  if (askWho(app) === undefined) return;
  if (reviewState.getState().bar === 'reasons' || reasons().length === 0) await plainly('reject')(app);
  else reviewState.setState({ bar: 'reasons' });
};

/** The number of a reason, or of a label of the level that is open. */
const chooseNumber = async (app: App, number: number): Promise<void> => {
  const { bar, labelPath } = reviewState.getState();
  const { scheme } = openRows.getState();
  if (askWho(app) === undefined) return;
  if (bar === 'reasons') {
    const reason = reasons()[number - 1];
    if (reason !== undefined) await plainly('reject', reason.id)(app);
    return;
  }
  if (scheme === undefined) return;
  const chosen = choose(scheme, labelPath, number);
  if (chosen === undefined) return;
  if ('path' in chosen) reviewState.setState({ bar: 'labels', labelPath: chosen.path }); else await judge(app, chosen);
};

const whenNumbers = (app: App): Availability => {
  const pair = withPair(app);
  if (pair !== true) return pair;
  return reviewState.getState().bar === 'reasons' || !isPlain(openRows.getState().scheme) ? true : { why: 'review.why.noChoices' };
};

const back = (): void => {
  const { bar, labelPath } = reviewState.getState();
  if (bar === 'labels' && labelPath.length > 0) { reviewState.setState({ labelPath: labelPath.slice(0, -1), bar: labelPath.length > 1 ? 'labels' : 'keys' }); return; }
  settleBar();
  reviewGrid.getState().goTo(reviewGrid.getState().focus - 1);
};

const leave = (): void => {
  reviewState.setState({ splitting: undefined });
  settleBar();
  reviewGrid.getState().handle?.takeFocus();
};

const chooseLabels: readonly PlainKey[] = ['review.action.choose1', 'review.action.choose2', 'review.action.choose3', 'review.action.choose4', 'review.action.choose5', 'review.action.choose6', 'review.action.choose7', 'review.action.choose8', 'review.action.choose9'];

/** Judging, and the way through the rows. */
export const decideActions: readonly Action[] = [
  action({ id: 'review.accept', label: 'review.action.accept', keys: ['A'], icon: Check, scope: 'review', when: whenPlain, run: plainly('accept') }),
  action({ id: 'review.unsure', label: 'review.action.unsure', keys: ['U'], icon: CircleQuestionMark, scope: 'review', when: whenPlain, run: plainly('unsure') }),
  action({ id: 'review.reject', label: 'review.action.reject', keys: ['R'], icon: X, scope: 'review', when: whenPlain, run: reject }),
  action({ id: 'review.open', label: 'review.action.open', keys: [], icon: Milestone, scope: 'review', when: withPair, run: (app) => judge(app, { decision: 'none', label: null, reason: null }) }),
  action({ id: 'review.flag', label: 'review.action.flag', keys: ['F'], icon: Flag, scope: 'review', when: withPair, run: (app) => toggleFlag(app, 'flagged') }),
  action({ id: 'review.personalData', label: 'review.action.personalData', keys: ['Shift+P'], icon: UserRoundX, scope: 'review', when: withPair, run: (app) => toggleFlag(app, 'personal-data') }),
  action({ id: 'review.offensive', label: 'review.action.offensive', keys: ['Shift+O'], icon: OctagonAlert, scope: 'review', when: withPair, run: (app) => toggleFlag(app, 'offensive') }),
  action({ id: 'review.comment', label: 'review.action.comment', keys: ['C'], icon: MessageSquare, scope: 'review', when: withPair, run: (app) => { if (askWho(app) !== undefined) reviewState.setState({ bar: 'comment' }); } }),
  action({ id: 'review.back', label: 'review.action.back', keys: ['Backspace'], icon: ArrowUp, scope: 'review', when: withPair, run: back }),
  action({ id: 'review.next', label: 'review.action.next', keys: ['J'], icon: ArrowDown, scope: 'review', when: withPair, run: () => reviewGrid.getState().goTo(reviewGrid.getState().focus + 1) }),
  action({ id: 'review.previous', label: 'review.action.previous', keys: ['K'], icon: ArrowUp, scope: 'review', when: withPair, run: () => reviewGrid.getState().goTo(reviewGrid.getState().focus - 1) }),
  action({ id: 'review.nextOpen', label: 'review.action.nextOpen', keys: ['Y'], icon: Milestone, scope: 'review', when: withPair, run: nextOpen }),
  action({
    id: 'review.leave', label: 'review.action.leave', keys: ['Escape'], icon: X, scope: 'review',
    when: (app) => { const pair = withPair(app); const { bar, splitting } = reviewState.getState(); return pair !== true ? pair : bar !== 'keys' || splitting !== undefined; },
    run: leave,
  }),
  ...chooseLabels.map((label, index) => action({ id: `review.choose${index + 1}`, label, keys: [String(index + 1)], icon: ListTree, scope: 'review' as const, when: whenNumbers, run: (app) => chooseNumber(app, index + 1) })),
];
