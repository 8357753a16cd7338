import { ChartNoAxesColumn, FileInput, PackageOpen, Scale, Users, type LucideIcon } from 'lucide-react';
import { action, type Action, type Availability } from '../../../actions/action.ts';
import type { App } from '../../../stores/app.ts';
import type { PlainKey } from '../../../strings/catalogue.ts';
import { withView } from '../actions/when.ts';
import { openRows } from '../state.ts';
import { goConflicts, isAdjudicating } from './adjudicating.ts';
import type { TeamPart } from './team-sheet.tsx';

const open = (id: string, label: PlainKey, icon: LucideIcon, part: TeamPart): Action => action({
  id, label, keys: [], icon, scope: 'review', when: withView,
  run: (app) => { const { origin, queue } = openRows.getState(); if (origin !== undefined) app.stores.ui.getState().open({ kind: 'team', origin, part, ...(queue === undefined ? {} : { queue: queue.id }) }); },
});

const whenElsewhere = (app: App): Availability => { const view = withView(app); return view !== true ? view : isAdjudicating(app) ? { why: 'team.why.adjudicating' } : true; };

/** Several annotators. */
export const teamActions: readonly Action[] = [
  open('review.people', 'team.action.people', Users, 'people'),
  open('review.agreement', 'team.action.agreement', Scale, 'agreement'),
  open('review.packages', 'team.action.packages', PackageOpen, 'packages'),
  open('review.importDecisions', 'team.action.import', FileInput, 'packages'),
  action({ id: 'review.adjudicate', label: 'team.action.adjudicate', keys: [], icon: Scale, scope: 'review', when: whenElsewhere, run: goConflicts }),
  action({ id: 'review.evidence', label: 'team.action.evidence', keys: [], icon: ChartNoAxesColumn, scope: 'review', when: withView, run: (app) => { const { origin } = openRows.getState(); if (origin !== undefined) app.stores.ui.getState().open({ kind: 'evidence', origin }); } }),
];
