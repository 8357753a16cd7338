import { Failure } from '../../contract/errors.ts';
import type { Run } from '../../contract/mine.ts';
import { lowestKept } from '../../domain/mine/margin.ts';
import type { Project } from '../../store/api.ts';

/** Puts a run's cut elsewhere and counts anew what is kept: one entry in the history. `threshold`: the report of the run, where that changes too. */
export const placeCut = async (project: Project, run: number, { cut, ...more }: Pick<Run, 'cut' | 'cutBy'> & Partial<Pick<Run, 'threshold'>>, annotator: string): Promise<void> => {
  const { cut: before, counts } = project.runs.get(run);
  if (counts === null) throw new Failure('conflict', 'This run has no pairs yet.');
  const kept = await project.pairs.count({ run }, cut === null ? null : { kind: 'number', column: 'margin', relation: '>=', value: lowestKept(cut) });
  const said = (value: number | null): string => (value === null ? 'none' : value.toFixed(3));
  await project.operations.run({ title: `Cut ${said(before)} to ${said(cut)}`, annotator }, (recorder) => {
    recorder.setRun(run, { cut, ...more, counts: { ...counts, kept, dropped: counts.candidates - kept } });
  });
};
