import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useAddress, useApp, useSlice } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import { Button } from '../../widgets/button.tsx';
import { Notice } from '../../widgets/notice.tsx';
import { RoomFrame } from '../../widgets/room-frame.tsx';
import { giveUpCut } from './cut.ts';
import { Compare } from './lists/compare.tsx';
import { Hubs } from './lists/hubs.tsx';
import { placeOf } from './place.ts';
import { Result } from './result/result.tsx';
import { Running } from './running/running.tsx';
import { Start } from './start/start.tsx';
import { enterProject, loadRuns, mineState } from './state.ts';

/** Two collections in, scored and explained pairs out. */
export const MineRoom = () => {
  const app = useApp();
  const { path } = useAddress();
  const { value: runs, failure } = useStore(mineState, (state) => state.runs);
  useRunsKept();
  const place = placeOf(path, runs ?? []);
  const shown = place.view === 'start' ? 'start' : place.run.id;
  useEffect(() => { giveUpCut(); mineState.setState({ goingToRow: false, renaming: false }); }, [shown]);
  if (runs === undefined) {
    return <RoomFrame name={t('room.mine')} margin={null} strip={null}>{failure === undefined ? <div aria-busy="true" /> : <Notice framed failure={failure}><Button small onPress={() => void loadRuns(app)}>{t('again')}</Button></Notice>}</RoomFrame>;
  }
  switch (place.view) {
    case 'start': return <Start />;
    case 'compare': return <Compare run={place.run} other={place.other} />;
    case 'hubs': return <Hubs run={place.run} />;
    case 'run': return place.run.state === 'ready' ? <Result key={place.run.id} run={place.run} /> : <Running key={place.run.id} run={place.run} />;
  }
};

/** Asks for the runs again when something has touched them, when a mining job changes its state, and for another project. */
const useRunsKept = (): void => {
  const app = useApp();
  const project = useSlice('project', (slice) => slice.value?.path ?? null);
  const version = useSlice('versions', (versions) => versions.runs + versions.project);
  const jobs = useSlice('jobs', (slice) => (slice.value ?? []).filter((job) => job.run !== null).map((job) => `${job.id}${job.state}`).join());
  useEffect(() => {
    enterProject(project);
    if (project !== null) void loadRuns(app);
  }, [app, project, version, jobs]);
};
