import { useApp, useSlice } from '../stores/hooks.tsx';
import { canResume } from '../stores/slices.ts';
import { t } from '../strings/catalogue.ts';
import { TextButton } from './button.tsx';

/** In the status line of every room: a job that waits to go on, such as one that the last closing of the project interrupted. */
export const StoppedJobs = () => {
  const app = useApp();
  const stopped = (useSlice('jobs', (slice) => slice.value) ?? []).filter(canResume);
  const [first] = stopped;
  if (first === undefined) return null;
  const resume = (): Promise<unknown> => app.attempt(async () => app.stores.jobs.getState().changed(await app.link.call('jobs.resume', { job: first.id })));
  return (
    <span className="line is-warn" role="status">
      <span className="ellipsis">{t(`status.stopped.${first.state === 'paused' ? 'paused' : 'interrupted'}`, { title: first.title })}</span>
      {stopped.length === 1 ? <TextButton onPress={() => void resume()}>{t('status.resume')}</TextButton> : <TextButton onPress={() => app.stores.ui.getState().open({ kind: 'jobs', job: first.id })}>{t('status.moreStopped', { count: stopped.length })}</TextButton>}
    </span>
  );
};
