import { Eye, ListPlus, PencilLine, RefreshCw, Trash2, UserRound } from 'lucide-react';
import { action, type Action, type Availability } from '../../../actions/action.ts';
import type { App } from '../../../stores/app.ts';
import { t } from '../../../strings/catalogue.ts';
import { refresh } from '../doing.ts';
import { predicateWithin } from '../filters/filter.ts';
import { shownFilter } from '../filters/going.ts';
import { addressOf, wholeOf } from '../place.ts';
import { openRows, reviewState } from '../state.ts';
import { withView } from './when.ts';

const withQueue = (app: App): Availability => { const view = withView(app); return view !== true ? view : openRows.getState().queue === undefined ? { why: 'review.why.noQueue' } : true; };
const withBlind = (app: App): Availability => { const queue = withQueue(app); return queue !== true ? queue : openRows.getState().queue?.blind === true ? true : { why: 'review.why.notBlind' }; };

/** Queues and who works on them. */
export const queueActions: readonly Action[] = [
  action({
    id: 'review.newQueue', label: 'review.action.newQueue', keys: ['Q'], icon: ListPlus, scope: 'review', when: withView,
    run: (app) => {
      const { origin, queue } = openRows.getState();
      // Out of a queue another one takes what both their filters let through, of all pairs: a frozen list is not kept for another queue.
      if (origin !== undefined) app.stores.ui.getState().open({ kind: 'queue', origin, predicate: predicateWithin(queue?.predicate ?? undefined, shownFilter(app)) });
    },
  }),
  action({ id: 'review.choose', label: 'review.action.choose', keys: ['V'], icon: PencilLine, scope: 'review', when: withView, run: () => document.querySelector<HTMLElement>('#review-chooser')?.click() }),
  action({ id: 'review.refresh', label: 'review.action.refresh', keys: ['Shift+U'], icon: RefreshCw, scope: 'review', when: withView, run: refresh }),
  action({
    id: 'review.removeQueue', label: 'review.action.removeQueue', keys: [], icon: Trash2, scope: 'review', when: withQueue,
    run: (app) => app.attempt(async () => {
      const { queue } = openRows.getState();
      if (queue === undefined) return;
      await app.link.call('review.removeQueue', { queue: queue.id });
      app.go(addressOf(wholeOf(queue.origin)));
      app.stores.ui.getState().say({ text: t('review.queue.removed', { name: queue.name }) });
    }),
  }),
  action({ id: 'review.endBlind', label: 'review.action.endBlind', keys: [], icon: Eye, scope: 'review', when: withBlind, run: () => reviewState.setState({ bar: 'blind' }) }),
  action({ id: 'review.annotator', label: 'review.action.annotator', keys: [], icon: UserRound, scope: 'review', when: withView, run: () => reviewState.setState({ bar: 'who' }) }),
];
