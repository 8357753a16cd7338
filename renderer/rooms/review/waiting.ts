import { useAnnotators } from './annotator.ts';
import { useQueues } from './queues/origins.ts';

/** Pairs of the queues that this browser's annotator has not judged; undefined where there is no queue. */
export const useWaiting = (): number | undefined => {
  const { me } = useAnnotators();
  const queues = useQueues(me).data ?? [];
  return queues.length === 0 ? undefined : queues.reduce((sum, queue) => sum + Math.max(0, queue.pairs - queue.judged), 0);
};
