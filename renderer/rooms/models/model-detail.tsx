import { Check, Minus, TriangleAlert } from 'lucide-react';
import type { Model, ProviderMeasure } from '../../../main/contract/models.ts';
import { ActionButton } from '../../actions/action-button.tsx';
import { useApp, useSlice } from '../../stores/hooks.tsx';
import { listed, t } from '../../strings/catalogue.ts';
import { locale } from '../../strings/locale.ts';
import { count, rate, tiny } from '../../strings/numbers.ts';
import { languageName } from '../../text/languages.ts';
import { Text } from '../../text/text.tsx';
import { TextButton } from '../../widgets/button.tsx';
import { Facts, Panel } from '../../widgets/facts.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { Notice } from '../../widgets/notice.tsx';
import { actions } from './actions.ts';
import css from './models-room.module.css';

/** One encoder: its facts, its speed by provider, the languages it knows. */
export const ModelDetail = ({ model }: { readonly model: Model }) => {
  const { encoder } = model;
  return (
    <aside className={css['detail']} aria-label={encoder.title}>
      <Panel>
        <h2 className={css['name']}><bdi>{encoder.title}</bdi></h2>
        <Facts wide facts={[
          [t('models.licence'), encoder.licence === null ? t('models.notStated') : <bdi>{encoder.licence}</bdi>],
          [t('models.pooling'), encoder.normalise ? t('models.normalised', { pooling: t(`models.pooling.${encoder.pooling}`) }) : t(`models.pooling.${encoder.pooling}`)],
          [t('models.prefix'), encoder.prefix === '' ? t('models.none') : <span className="mono"><bdi>{encoder.prefix}</bdi></span>],
          [t('models.dimensions'), count(encoder.dimension)],
          [t('models.longest'), t('models.tokens', { count: encoder.maximumTokens })],
          [t('models.checksum'), <span key="sum"><span className="mono">{`${encoder.hash.slice(0, 4)}…${encoder.hash.slice(-4)}`}</span> <span className={model.state === 'ready' ? 'is-accept' : 'dim'}>{t(`models.sum.${model.state}`)}</span></span>],
          [t('models.source'), encoder.source === null ? null : <bdi title={encoder.source}>{encoder.source}</bdi>],
          [t('models.folder'), model.bundled ? t('models.bundled') : <bdi title={encoder.folder}>{encoder.folder}</bdi>],
        ]} />
        <div className="line" style={{ marginBlockStart: 12 }}>{actions.slice(2).map((each) => <ActionButton key={each.id} action={each} />)}</div>
      </Panel>
      <Providers model={model} />
      {encoder.languages.length === 0 ? null : (
        <Panel heading={t('models.languages')} aside={count(encoder.languages.length)}>
          <p className={css['languages']} tabIndex={0}>{listed(encoder.languages.map(languageName).toSorted((a, b) => a.localeCompare(b, locale().tag)))}</p>
        </Panel>
      )}
      <ReadingFaces />
    </aside>
  );
};

const Providers = ({ model }: { readonly model: Model }) => {
  const app = useApp();
  const probe = useSlice('models', (slice) => slice.probe);
  const mine = probe?.id === model.encoder.id ? probe : undefined;
  const measures = mine !== undefined && (mine.running || mine.measures.length > 0) ? mine.measures : model.measures;
  const fastest = measures.reduce((most, each) => Math.max(most, each.state === 'works' ? each.sentencesPerSecond ?? 0 : 0), 0);
  return (
    <Panel heading={t('models.providers')} aside={t('models.providersAside')}>
      {measures.length === 0 && mine?.running !== true ? <p className="small dim">{t('models.notYet')}</p> : null}
      <table className={css['providers']} aria-label={t('models.providers')}><tbody>
        {measures.map((measure) => <Measure key={measure.provider} measure={measure} fastest={measure.sentencesPerSecond === fastest && fastest > 0} />)}
      </tbody></table>
      {mine?.running === true ? <p className="small dim line" role="status" style={{ paddingBlockStart: 6 }}>{t('models.measuring')}<span className="grow" /><TextButton onPress={() => app.stores.models.getState().stopProbe()}>{t('models.stop')}</TextButton></p> : null}
      {mine?.failure === undefined ? null : <Notice failure={mine.failure} />}
    </Panel>
  );
};

const Measure = ({ measure, fastest }: { readonly measure: ProviderMeasure; readonly fastest: boolean }) => (
  <>
    <tr>
      <th scope="row">{t(`provider.${measure.provider}`)}</th>
      <td className={css['end']}>{measure.sentencesPerSecond === null ? '' : rate(measure.sentencesPerSecond)}</td>
      <td className={css['end']}>{measure.provider === 'cpu' ? t('models.reference') : measure.difference === null ? '' : tiny(measure.difference)}</td>
      <td><span className={css['state']}>
        {measure.state === 'works' ? <span className="is-accept"><Icon of={Check} size={13} /></span> : measure.state === 'failed' ? <span className="is-warn"><Icon of={TriangleAlert} size={13} /></span> : <span className="dimmer"><Icon of={Minus} size={13} /></span>}
        {measure.state === 'works' ? (fastest ? t('models.fastest') : t('models.slower')) : t(`models.measure.${measure.state}`)}
      </span></td>
    </tr>
    {measure.note === null ? null : <tr><td colSpan={4} className={css['note']} dir="auto">{measure.note}</td></tr>}
  </>
);

/** One short line a script, so that one sees which face each really gets. Material, not words of the interface. */
const faces: readonly (readonly [string, string])[] = [
  ['de', 'Der Leuchtturm bleibt geschlossen.'], ['ar', 'المنارة مغلقة أمام الزوّار.'], ['he', 'המגדלור סגור למבקרים.'], ['zh-Hans', '灯塔暂不对外开放。'], ['ja', '灯台は見学できません。'],
  ['hi', 'प्रकाशस्तंभ आज बंद है।'], ['am', 'ዛሬ በሩ ዝግ ነው።'], ['th', 'วันนี้ประภาคารปิด'], ['km', 'ថ្ងៃនេះបិទ'],
];

const ReadingFaces = () => (
  <Panel heading={t('models.faces')} aside={t('models.facesAside')}>
    <ul className={css['faces']}>{faces.map(([language, text]) => <li key={language}><span className="small dimmer">{language}</span><Text language={language}>{text}</Text></li>)}</ul>
  </Panel>
);
