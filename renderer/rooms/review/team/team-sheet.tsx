import { useState } from 'react';
import type { PairOrigin } from '../../../../main/contract/pairs.ts';
import { t } from '../../../strings/catalogue.ts';
import { Segmented } from '../../../widgets/segmented.tsx';
import { Sheet } from '../../../widgets/sheet.tsx';
import { useAnnotators } from '../annotator.ts';
import { Agreement } from './agreement.tsx';
import { Packages } from './packages.tsx';
import { People } from './people.tsx';
import css from './team.module.css';

export type TeamPart = 'people' | 'agreement' | 'packages';
const parts = ['people', 'agreement', 'packages'] as const satisfies readonly TeamPart[];

type Props = { readonly origin: PairOrigin; readonly part: TeamPart; readonly queue: number | undefined; readonly onClose: () => void };

/** Several annotators: how far each has come, how far they agree, and files for those who have no part in the project. */
export const TeamSheet = ({ origin, part, queue, onClose }: Props) => {
  const [shown, setShown] = useState(part);
  const { all, me } = useAnnotators();
  return (
    <Sheet title={t('team.title')} note={t('team.note')} width={720} onClose={onClose}>
      <div className={css['sheet']}>
        <Segmented label={t('team.parts')} value={shown} onChange={setShown} options={parts.map((value) => ({ value, label: t(`team.part.${value}`) }))} />
        {shown === 'people' ? <People people={all} me={me} /> : shown === 'agreement' ? <Agreement origin={origin} people={all} onClose={onClose} /> : <Packages origin={origin} people={all} me={me} queue={queue} onClose={onClose} />}
      </div>
    </Sheet>
  );
};
