import { ChevronDown, List, Table2 } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { availabilityOf } from '../../../actions/action-button.tsx';
import { keysOf, useOwnKeys } from '../../../actions/own-keys.ts';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { Icon } from '../../../widgets/icon.tsx';
import { Menu, type MenuEntry } from '../../../widgets/menu.tsx';
import { reviewAction } from '../actions.ts';
import { sameOrigin } from '../filters/filter.ts';
import { addressOf, wholeOf, wholeQueue } from '../place.ts';
import type { OpenPairs } from '../rows/use-rows.ts';
import { originName, useOrigins, useQueues } from './origins.ts';
import css from './queues.module.css';

const steps = ['review.newQueue', 'review.refresh', 'review.endBlind', 'review.removeQueue', 'line', 'review.columns', 'review.annotator', 'review.runChecks'] as const;

/** What is open: the queue, or all pairs of a run or bitext; and the way to the others. */
export const QueueChooser = ({ pairs, annotator }: { readonly pairs: OpenPairs; readonly annotator: number | undefined }) => {
  const app = useApp();
  const origins = useOrigins();
  const queues = useQueues(annotator).data ?? [];
  const own = useOwnKeys();
  const name = pairs.queue !== undefined ? pairs.queue.name : pairs.origin === undefined ? t('review.nothingOpen') : t('review.allOf', { name: originName(origins, pairs.origin) });
  const entries: MenuEntry[] = [
    ...queues.toSorted((a, b) => b.id - a.id).slice(0, 12).map((queue): MenuEntry => ({ id: `queue-${queue.id}`, label: t('review.queueOpen', { name: queue.name, open: queue.pairs - queue.judged, count: queue.pairs }), icon: List, run: () => app.go(addressOf(wholeQueue(queue.id))) })),
    ...(queues.length > 0 ? ['line' as const] : []),
    ...origins.filter((each) => pairs.queue !== undefined || pairs.origin === undefined || !sameOrigin(each.origin, pairs.origin)).slice(0, 12).map((each): MenuEntry => ({ id: each.key, label: t('review.allOf', { name: each.name }), icon: Table2, run: () => app.go(addressOf(wholeOf(each.origin))) })),
    ...(origins.length > 0 ? ['line' as const] : []),
    ...steps.map((id): MenuEntry => {
      if (id === 'line') return 'line';
      const action = reviewAction(id);
      const available = availabilityOf(action, app);
      return { id, label: t(action.label), icon: action.icon, chord: keysOf(action, own)[0], why: available === 'yes' || available === 'hidden' ? undefined : t(available), run: () => void action.run(app) };
    }),
  ];
  return (
    <Menu label={t('review.queues')} entries={entries} trigger={(
      <AriaButton id="review-chooser" className={css['chooser'] ?? ''}>
        <Icon of={pairs.queue === undefined ? Table2 : List} size={13} /><bdi className="ellipsis">{name}</bdi><Icon of={ChevronDown} size={13} />
      </AriaButton>
    )} />
  );
};
