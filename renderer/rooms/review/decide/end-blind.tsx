import { useStore } from 'zustand';
import { useApp } from '../../../stores/hooks.tsx';
import { listed, t } from '../../../strings/catalogue.ts';
import { Button } from '../../../widgets/button.tsx';
import { askWho, type Annotators } from '../annotator.ts';
import { openRows, reviewGrid, settleBar } from '../state.ts';
import css from './decide.module.css';

/** What ends when blind judging ends, before it does: no undo makes people forget what they have seen. The safe answer has the keyboard. */
export const EndBlind = ({ people }: { readonly people: Annotators }) => {
  const app = useApp();
  const queue = useStore(openRows, (open) => open.queue);
  const leave = (): void => { settleBar(); reviewGrid.getState().handle?.takeFocus(); };
  if (queue === undefined || !queue.blind) return null;
  const names = listed(queue.annotators.map((id) => people.all.find((each) => each.id === id)?.name ?? String(id)));
  const end = (): void => {
    const annotator = askWho(app);
    if (annotator === undefined) return;
    leave();
    void app.attempt(async () => {
      await app.link.call('review.endBlind', { queue: queue.id, annotator });
      app.stores.ui.getState().say({ text: t('review.blind.ended', { name: queue.name }) });
    });
  };
  return (
    <div role="group" aria-label={t('review.blind.end')} className={css['line']} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); leave(); } }}>
      <span className="small grow">{t('review.blind.words', { people: names })}</span>
      <Button small quiet autoFocus onPress={leave}>{t('review.blind.keep')}</Button>
      <Button small onPress={end}>{t('review.blind.endIt')}</Button>
    </div>
  );
};
