import { useApp, useSlice } from '../stores/hooks.tsx';
import { ExportSheet } from '../rooms/export/index.ts';
import { ImportSheet } from '../rooms/corpora/index.ts';
import { JobsSheet } from '../rooms/jobs/index.ts';
import { CarrySheet } from '../rooms/label/index.ts';
import { AddModelSheet } from '../rooms/models/index.ts';
import { BulkSheet, EvidenceSheet, QueueSheet, SimilarSheet, TeamSheet } from '../rooms/review/index.ts';
import { AboutSheet } from './about-sheet.tsx';
import { Chooser } from './chooser.tsx';
import { KeysSheet } from './keys-sheet.tsx';
import { Palette } from './palette.tsx';
import { RemapSheet } from './remap-sheet.tsx';
import { SettingsSheet } from './settings-sheet.tsx';

/** What lies over the room: at most one sheet, and the file chooser over that. */
export const Sheets = () => {
  const app = useApp();
  const choosing = useSlice('ui', (ui) => ui.choosing);
  const close = (): void => app.stores.ui.getState().close();
  return (
    <>
      <OneSheet onClose={close} />
      {choosing === undefined || app.shell !== undefined ? null : <Chooser key={choosing.request.title} request={choosing.request} onAnswer={choosing.answer} />}
    </>
  );
};

const OneSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const sheet = useSlice('ui', (ui) => ui.sheet);
  switch (sheet?.kind) {
    case 'jobs': return <JobsSheet onClose={onClose} {...(sheet.job === undefined ? {} : { focus: sheet.job })} />;
    case 'palette': return <Palette onClose={onClose} {...(sheet.question === undefined ? {} : { question: sheet.question })} />;
    case 'keys': return <KeysSheet onClose={onClose} />;
    case 'settings': return <SettingsSheet onClose={onClose} {...(sheet.section === undefined ? {} : { section: sheet.section })} />;
    case 'about': return <AboutSheet onClose={onClose} />;
    case 'import': return <ImportSheet onClose={onClose} paths={sheet.paths} extend={sheet.extend} />;
    case 'export': return <ExportSheet onClose={onClose} origin={sheet.origin} predicate={sheet.predicate ?? null} />;
    case 'queue': return <QueueSheet onClose={onClose} origin={sheet.origin} predicate={sheet.predicate} {...(sheet.sampling === undefined ? {} : { kind: sheet.sampling })} />;
    case 'bulk': return <BulkSheet onClose={onClose} origin={sheet.origin} predicate={sheet.predicate} change={sheet.change} annotator={sheet.annotator} />;
    case 'similar': return <SimilarSheet onClose={onClose} />;
    case 'team': return <TeamSheet onClose={onClose} origin={sheet.origin} part={sheet.part} queue={sheet.queue} />;
    case 'evidence': return <EvidenceSheet onClose={onClose} origin={sheet.origin} />;
    case 'remap': return <RemapSheet onClose={onClose} />;
    case 'carry-labels': return <CarrySheet onClose={onClose} />;
    case 'add-model': return <AddModelSheet onClose={onClose} />;
    case undefined: return null;
  }
};
