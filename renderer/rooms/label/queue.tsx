import { useCallback, useState } from 'react';
import { useStore } from 'zustand';
import type { Labelling } from '../../../main/contract/label.ts';
import { useQuery } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import { decimal, percent } from '../../strings/numbers.ts';
import { Text } from '../../text/text.tsx';
import { Panel } from '../../widgets/facts.tsx';
import { Windowed } from '../../widgets/windowed.tsx';
import { goTo, labelState } from './state.ts';
import css from './label.module.css';

const rowHeight = 26;
/** The rows around those in sight that are asked for with them. */
const page = 100;

/** The order as it was frozen: a judged span stays where it stands, in a quieter ink. */
export const Queue = ({ labelling }: { readonly labelling: Labelling }) => {
  const ids = useStore(labelState, (state) => state.ids);
  const at = useStore(labelState, (state) => state.at);
  const [from, setFrom] = useState(0);
  const asked = ids.slice(from, from + 3 * page);
  const { data = [] } = useQuery('label.spans', asked.length === 0 ? null : { labelling: labelling.id, ids: [...asked] }, { touches: ['labels'] });
  const onWindow = useCallback((first: number) => setFrom(Math.max(0, (Math.floor(first / page) - 1) * page)), []);
  const known = new Map(data.map((span) => [span.id, span]));
  return (
    <section className={css['queue']}>
      <h2><span>{t('label.leastSure')}</span><span>{t('label.openCount', { count: labelling.open })}</span></h2>
      <Windowed label={t('label.leastSure')} total={ids.length} rowHeight={rowHeight} onWindow={onWindow} onCurrent={goTo} at={at}>
        {(index) => {
          const span = known.get(ids[index] ?? -1);
          return span === undefined ? <span className={css['entry']} aria-busy="true">…</span> : (
            <span className={`${css['entry']} ${span.decision === 'open' ? '' : css['judged']}`}>
              <span className={css['tag']}>{span.label}</span><Text language={labelling.sourceLanguage} as="span">{span.text}</Text><span className={css['number']}>{decimal(span.sureness, 2)}</span>
            </span>
          );
        }}
      </Windowed>
    </section>
  );
};

/** How often both methods name the same span, by label. */
export const Agreement = ({ labelling }: { readonly labelling: Labelling }) => {
  const { data = [] } = useQuery('label.agreement', { labelling: labelling.id }, { touches: ['labels'] });
  if (data.length === 0) return null;
  return (
    <Panel heading={t('label.methodsAgree')} aside={t('label.spanCount', { count: data.reduce((sum, each) => sum + each.spans, 0) })}>
      <ul className={css['agree']}>{data.map(({ label, spans, agree }) => (
        <li key={label}><span className="ellipsis"><bdi>{label}</bdi></span><span className={css['share']} aria-hidden="true"><i style={{ inlineSize: `${(100 * agree) / spans}%` }} /></span><span className={css['number']}>{percent(agree / spans, 1)}</span></li>
      ))}</ul>
    </Panel>
  );
};
