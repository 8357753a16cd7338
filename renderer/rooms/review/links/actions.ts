import { Link2, Link2Off, SquareStack } from 'lucide-react';
import { action, type Action, type Availability } from '../../../actions/action.ts';
import type { App } from '../../../stores/app.ts';
import { withPair } from '../actions/when.ts';
import { openRow } from '../state.ts';
import { forgetWord, linksState, step } from './state.ts';

const stepBy = (by: 1 | -1) => (app: App): Promise<void> | void => { const row = openRow(); return row === undefined ? undefined : step(app, row, by); };
const whenShown = (app: App): Availability => { const pair = withPair(app); return pair !== true ? pair : linksState.getState().word === undefined ? { why: 'links.why.none' } : true; };

/** What the encoder knows about the open pair. */
export const linkActions: readonly Action[] = [
  action({ id: 'review.nextWord', label: 'links.action.next', keys: ['T'], icon: Link2, scope: 'review', when: withPair, run: stepBy(1) }),
  action({ id: 'review.previousWord', label: 'links.action.previous', keys: ['Shift+T'], icon: Link2, scope: 'review', when: withPair, run: stepBy(-1) }),
  action({ id: 'review.noWord', label: 'links.action.hide', keys: [], icon: Link2Off, scope: 'review', when: whenShown, run: forgetWord }),
  action({ id: 'review.similar', label: 'links.action.similar', keys: ['Shift+N'], icon: SquareStack, scope: 'review', when: withPair, run: (app) => app.stores.ui.getState().open({ kind: 'similar' }) }),
];
