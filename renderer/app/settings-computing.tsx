import { Check, Minus, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { provider as providers, type Model, type Provider, type ProviderMeasure } from '../../main/contract/models.ts';
import type { MachineSettings, SettingsNow } from '../../main/contract/settings.ts';
import { useApp, useQuery, useSlice } from '../stores/hooks.tsx';
import { t } from '../strings/catalogue.ts';
import { rate, tiny } from '../strings/numbers.ts';
import { Button, TextButton } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { Notice } from '../widgets/notice.tsx';
import { Select } from '../widgets/select.tsx';
import { Setting } from './settings-parts.tsx';
import css from './settings-sheet.module.css';

/** What jobs compute on: provider and threads, with what was measured here. */
export const ComputingSettings = () => {
  const app = useApp();
  const { data: now, failure } = useQuery('settings.read', {}, { touches: ['settings'] });
  const models = useSlice('models', (slice) => slice.value) ?? [];
  const [chosen, setChosen] = useState<string>();
  const model = models.find((each) => each.encoder.id === chosen) ?? models.find((each) => each.measures.length > 0) ?? models[0];
  const measures = useMeasures(model);
  // A run measures too, and nobody is told.
  useEffect(() => { void app.stores.models.getState().reload(); }, [app]);
  if (now === undefined) return failure === undefined ? null : <Notice failure={failure} />;
  const change = (part: Partial<MachineSettings>): void => void app.attempt(() => app.link.call('settings.change', part));
  return (
    <>
      {now.problem === null ? null : <Notice framed failure={{ code: 'malformed-input', message: now.problem }} />}
      <ProviderSetting now={now} measures={measures} onChange={(provider) => change({ provider })} />
      <ThreadsSetting now={now} onChange={(threads) => change({ threads })} />
      <p className={css['aside']}>{t('settings.nextJob')}</p>
      {model === undefined ? null : <Measured model={model} models={models} measures={measures} now={now} onChoose={setChosen} />}
      <p className={css['aside']}>{t('settings.keptOnMachine', { file: now.file })}</p>
    </>
  );
};

const worksBest = (measures: readonly ProviderMeasure[]): Provider | undefined =>
  measures.filter((each) => each.state === 'works').toSorted((one, other) => (other.sentencesPerSecond ?? 0) - (one.sentencesPerSecond ?? 0))[0]?.provider;

/** Those of the probe that runs, as they come; else those that are kept. */
const useMeasures = (model: Model | undefined): readonly ProviderMeasure[] => {
  const probe = useSlice('models', (slice) => slice.probe);
  return probe !== undefined && probe.id === model?.encoder.id && (probe.running || probe.measures.length > 0) ? probe.measures : model?.measures ?? [];
};

type ProviderProps = { readonly now: SettingsNow; readonly measures: readonly ProviderMeasure[]; readonly onChange: (provider: MachineSettings['provider']) => void };

const ProviderSetting = ({ now: { settings }, measures, onChange }: ProviderProps) => {
  const best = worksBest(measures);
  const asked = settings.provider === 'auto' ? undefined : settings.provider;
  const state = asked === undefined ? undefined : measures.find((each) => each.provider === asked)?.state ?? (measures.length === 0 ? undefined : 'absent');
  const name = asked === undefined ? '' : t(`provider.${asked}`);
  return (
    <>
      <Setting label={t('settings.provider')} words={t('settings.providerWords')}>
        <div className={css['wide']}>
          <Select label={t('settings.provider')} bare value={settings.provider} onChange={onChange} options={[
            { value: 'auto', label: best === undefined ? t('settings.providerAuto') : t('settings.providerAutoNamed', { provider: t(`provider.${best}`) }) },
            ...providers.options.map((value) => ({ value, label: t(`provider.${value}`), ...noteOf(value, measures) })),
          ]} />
        </div>
      </Setting>
      {state === 'failed' || state === 'absent' ? <p className={css['warning']} role="status"><span className="is-warn"><Icon of={TriangleAlert} size={13} /></span>{state === 'failed' ? t('settings.providerFailed', { provider: name }) : t('settings.providerAbsent', { provider: name })}</p> : null}
    </>
  );
};

const noteOf = (provider: Provider, measures: readonly ProviderMeasure[]): { readonly note?: string } => {
  if (measures.length === 0) return {};
  const state = measures.find((each) => each.provider === provider)?.state ?? 'absent';
  return state === 'works' ? {} : { note: t(`settings.state.${state}`) };
};

const ThreadsSetting = ({ now: { settings, cores }, onChange }: { readonly now: SettingsNow; readonly onChange: (threads: number | null) => void }) => (
  <Setting label={t('settings.threads')} words={t('settings.threadsWords')}>
    <div className={css['wide']}>
      <Select label={t('settings.threads')} bare value={String(settings.threads)} onChange={(value) => onChange(value === 'null' ? null : Number(value))} options={[
        { value: 'null', label: t('settings.threadsAll', { count: cores }) },
        ...Array.from({ length: cores }, (_, index) => ({ value: String(index + 1), label: t('number', { number: index + 1 }) })),
      ]} />
    </div>
  </Setting>
);

type MeasuredProps = { readonly model: Model; readonly models: readonly Model[]; readonly measures: readonly ProviderMeasure[]; readonly now: SettingsNow; readonly onChoose: (id: string) => void };

const Measured = ({ model, models, measures, now, onChoose }: MeasuredProps) => {
  const slice = useApp().stores.models.getState();
  const probe = useSlice('models', (each) => each.probe);
  const running = probe?.running === true;
  const threads = measures.find((each) => each.threads !== undefined)?.threads;
  const absent = measures.length === 0 || running ? [] : providers.options.filter((each) => !measures.some((measure) => measure.provider === each));
  const chosen = now.settings.provider === 'auto' ? worksBest(measures) : now.settings.provider;
  return (
    <>
      <div className={css['head']}>
        <div><h3 className="strong">{t('settings.measured')}</h3>{threads === undefined ? null : <p className="small dim">{t('settings.measuredWith', { count: threads })}</p>}</div>
        {models.length > 1 ? <div className={css['wide']}><Select label={t('settings.measuredOf')} bare value={model.encoder.id} onChange={onChoose} options={models.map((each) => ({ value: each.encoder.id, label: each.encoder.title }))} /></div> : null}
        {running ? <Button onPress={() => slice.stopProbe()}>{t('models.stop')}</Button> : <Button onPress={() => void slice.startProbe(model.encoder.id)}>{t('settings.measure')}</Button>}
      </div>
      {measures.length === 0 && !running ? <p className="small dim">{t('settings.notMeasured')}</p> : (
        <table className={css['table']} aria-label={t('settings.measured')} aria-busy={running}>
          <thead><tr>
            <th scope="col">{t('settings.column.provider')}</th><th scope="col">{t('settings.column.state')}</th>
            <th scope="col" className={css['end']}>{t('settings.column.speed')}</th><th scope="col" className={css['end']}>{t('settings.column.difference')}</th>
          </tr></thead>
          <tbody>
            {measures.map((measure) => <MeasureRow key={measure.provider} measure={measure} chosen={measure.provider === chosen} />)}
            {absent.map((each) => <MeasureRow key={each} measure={{ provider: each, state: 'absent', sentencesPerSecond: null, difference: null, note: null }} chosen={each === chosen} />)}
          </tbody>
        </table>
      )}
      {running ? <p className="small dim" role="status">{t('models.measuring')}</p> : null}
      {!running && threads !== undefined && threads !== (now.settings.threads ?? now.cores) ? <p className={css['warning']} role="status"><span className="is-warn"><Icon of={TriangleAlert} size={13} /></span>{t('settings.measuredOther')} <TextButton onPress={() => void slice.startProbe(model.encoder.id)}>{t('settings.measure')}</TextButton></p> : null}
      {probe?.failure === undefined ? null : <Notice failure={probe.failure} />}
    </>
  );
};

const glyphs = { works: [Check, 'is-accept'], failed: [TriangleAlert, 'is-warn'], absent: [Minus, 'dimmer'] } as const;

const MeasureRow = ({ measure, chosen }: { readonly measure: ProviderMeasure; readonly chosen: boolean }) => {
  const [glyph, ink] = glyphs[measure.state];
  return (
    <>
      <tr data-provider={measure.provider} data-chosen={chosen ? '' : undefined} className={measure.note === null ? undefined : css['noted']}>
        <th scope="row">{t(`provider.${measure.provider}`)}{chosen ? <span className="small dim"> ({t('settings.chosen')})</span> : null}</th>
        <td><span className={css['state']}><span className={ink}><Icon of={glyph} size={13} /></span>{t(`settings.state.${measure.state}`)}</span></td>
        <td className={css['end']}>{measure.sentencesPerSecond === null ? '–' : rate(measure.sentencesPerSecond)}</td>
        <td className={css['end']}>{measure.provider === 'cpu' ? t('models.reference') : measure.difference === null ? '–' : tiny(measure.difference)}</td>
      </tr>
      {measure.note === null ? null : <tr className={css['note']}><td colSpan={4}>{measure.note}</td></tr>}
    </>
  );
};
