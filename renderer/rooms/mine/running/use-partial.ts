import { useEffect, useMemo, useState } from 'react';
import type { Run } from '../../../../main/contract/mine.ts';
import type { Output } from '../../../link/link.ts';
import { useApp } from '../../../stores/hooks.tsx';
import { latest } from '../../../stores/latest.ts';

export type Partial = Output<'mine.partial'>;
const every = 1000;

/** What there is so far, asked again each second while the run goes on; a run that has found nothing yet has none. */
export const usePartial = (run: Run, active: boolean): Partial | undefined => {
  const { link } = useApp();
  const [partial, setPartial] = useState<Partial>();
  const ask = useMemo(() => latest((signal, id: number) => link.call('mine.partial', { run: id }, { signal })), [link]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const again = async (): Promise<void> => {
      // Before the first tile there is nothing to view, and that is not an error.
      const found = await ask(run.id).catch(() => undefined);
      if (over) return;
      if (found !== undefined) setPartial(found);
      if (active) timer = setTimeout(() => void again(), every);
    };
    void again();
    return () => { over = true; clearTimeout(timer); ask.cancel(); };
  }, [ask, run.id, active]);
  return partial;
};
