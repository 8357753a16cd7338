import { Info, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Run } from '../../../../main/contract/mine.ts';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { TextButton } from '../../../widgets/button.tsx';
import { Icon } from '../../../widgets/icon.tsx';
import { mineAction } from '../actions.ts';
import css from './result.module.css';

/** Said for the record: nothing is wrong. */
const isFact = (kind: Run['warnings'][number]['kind']): boolean => kind === 'reused' || kind === 'index' || kind === 'refinement';

/** What the run has to say about itself: an encoder that is blind here, hubs, margins above the bound ... One line; the others on demand. */
export const Warnings = ({ run }: { readonly run: Run }) => {
  const app = useApp();
  const [all, setAll] = useState(false);
  const { warnings } = run;
  if (warnings.length === 0) return null;
  return (
    <section className={css['warnings']} aria-label={t('mine.warnings')}>
      {(all ? warnings : warnings.slice(0, 1)).map((warning, index) => (
        <div key={warning.text} className={`${css['warning']} ${isFact(warning.kind) ? css['fact'] : ''}`}>
          <Icon of={isFact(warning.kind) ? Info : TriangleAlert} size={13} /><span dir="auto" className={all ? 'grow' : 'grow ellipsis'} title={warning.text}>{warning.text}</span>
          {warning.kind === 'hubs' ? <TextButton onPress={() => void mineAction('mine.hubs').run(app)}>{t('mine.action.hubs')}</TextButton> : null}
          {index > 0 || warnings.length === 1 ? null : <TextButton onPress={() => setAll(!all)}>{all ? t('mine.fewerWarnings') : t('mine.moreWarnings', { count: warnings.length - 1 })}</TextButton>}
        </div>
      ))}
    </section>
  );
};
