import { useState, type ReactNode } from 'react';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { MineSettings } from '../../../../main/contract/mine.ts';
import { useSlice } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { Field } from '../../../widgets/field.tsx';
import { Icon } from '../../../widgets/icon.tsx';
import { Segmented } from '../../../widgets/segmented.tsx';
import { Select } from '../../../widgets/select.tsx';
import { providerName } from '../run-words.ts';
import { changeDraft, changeSettings, type Draft } from '../state.ts';
import css from './start.module.css';

/** How the run is to be done: three choices in sight, the others folded away; each with a sentence. */
export const SettingsForm = ({ draft }: { readonly draft: Draft }) => {
  const { settings, more } = draft;
  return (
    <div className={css['settings']}>
      <EncoderSetting settings={settings} />
      <Setting label={t('mine.set.refine')} words={t('mine.set.refineWords')}>
        <Segmented label={t('mine.set.refine')} value={settings.refine} onChange={(refine) => changeSettings({ refine })} options={[{ value: 'auto', label: t('mine.set.auto') }, { value: 'on', label: t('mine.set.on') }, { value: 'off', label: t('mine.set.off') }]} />
      </Setting>
      <ThresholdSetting settings={settings} />
      <AriaButton className={css['more'] ?? ''} aria-expanded={more} onPress={() => changeDraft({ more: !more })}><Icon of={more ? ChevronDown : ChevronRight} size={13} />{t('mine.set.more')}</AriaButton>
      {more ? <MoreSettings settings={settings} /> : null}
    </div>
  );
};

const Setting = ({ label, words, children }: { readonly label: string; readonly words: string; readonly children: ReactNode }) => (
  <div className={css['setting']}><span className={css['settingLabel']} aria-hidden="true">{label}</span><div className={css['control']}>{children}</div><p className={css['settingWords']}>{words}</p></div>
);

const EncoderSetting = ({ settings }: { readonly settings: MineSettings }) => {
  const models = useSlice('models', (slice) => slice.value) ?? [];
  const usable = models.filter((model) => model.state === 'ready' || model.state === 'unverified');
  return (
    <Setting label={t('mine.set.encoder')} words={settings.encoder === 'auto' ? t('mine.set.encoderAuto') : settings.encoder === 'both' ? t('mine.set.encoderBoth') : t('mine.set.encoderOne')}>
      <Select label={t('mine.set.encoder')} bare value={settings.encoder} onChange={(encoder) => changeSettings({ encoder })} options={[
        { value: 'auto', label: t('mine.set.auto') },
        { value: 'both', label: t('mine.set.both') },
        ...usable.map(({ encoder }) => ({ value: encoder.id, label: encoder.title, note: encoder.languages.length === 0 ? '' : t('mine.set.languages', { count: encoder.languages.length }) })),
      ]} />
    </Setting>
  );
};

const ThresholdSetting = ({ settings }: { readonly settings: MineSettings }) => (
  <Setting label={t('mine.set.threshold')} words={t('mine.set.thresholdWords')}>
    <Segmented label={t('mine.set.threshold')} value={settings.threshold === 'auto' ? 'auto' : 'number'} onChange={(how) => changeSettings({ threshold: how === 'auto' ? 'auto' : 1.06 })} options={[{ value: 'auto', label: t('mine.set.auto') }, { value: 'number', label: t('mine.set.number') }]} />
    {settings.threshold === 'auto' ? null : <NumberField label={t('mine.set.thresholdValue')} value={settings.threshold} onChange={(threshold) => changeSettings({ threshold })} />}
  </Setting>
);

const indexes = ['auto', 'exact', 'hnsw', 'hnsw-usearch', 'hnsw-hnswlib'] as const;
const retrievals = ['max', 'intersection', 'forward', 'backward', 'union'] as const;
const providers = ['auto', 'cpu', 'webgpu', 'cuda', 'coreml', 'directml'] as const;

const MoreSettings = ({ settings }: { readonly settings: MineSettings }) => (
  <>
    <Setting label={t('mine.set.margin')} words={t(`mine.set.marginWords.${settings.margin}`)}>
      <Segmented label={t('mine.set.margin')} value={settings.margin} onChange={(margin) => changeSettings({ margin })} options={[{ value: 'ratio', label: t('mine.margin.ratio') }, { value: 'distance', label: t('mine.margin.distance') }, { value: 'absolute', label: t('mine.margin.absolute') }]} />
    </Setting>
    <Setting label={t('mine.set.k')} words={t('mine.set.kWords')}>
      <NumberField label={t('mine.set.k')} whole value={settings.k} onChange={(k) => { if (k >= 1 && k <= 64) changeSettings({ k }); }} />
    </Setting>
    <Setting label={t('mine.set.retrieval')} words={t(`mine.set.retrievalWords.${settings.retrieval}`)}>
      <Select label={t('mine.set.retrieval')} bare value={settings.retrieval} onChange={(retrieval) => changeSettings({ retrieval })} options={retrievals.map((value) => ({ value, label: t(`mine.retrieval.${value}`) }))} />
    </Setting>
    <Setting label={t('mine.set.index')} words={t('mine.set.indexWords')}>
      <Select label={t('mine.set.index')} bare value={settings.index} onChange={(index) => changeSettings({ index })} options={indexes.map((value) => ({ value, label: value === 'auto' ? t('mine.set.auto') : value }))} />
    </Setting>
    <Setting label={t('mine.set.provider')} words={t('mine.set.providerWords')}>
      <Select label={t('mine.set.provider')} bare value={settings.provider} onChange={(provider) => changeSettings({ provider })} options={providers.map((value) => ({ value, label: value === 'auto' ? t('mine.set.auto') : providerName(value) }))} />
    </Setting>
    <Setting label={t('mine.set.floor')} words={t('mine.set.floorWords')}>
      <OptionalNumber label={t('mine.set.floor')} value={settings.cosineFloor} start={0.5} onChange={(cosineFloor) => changeSettings({ cosineFloor })} />
    </Setting>
    <Setting label={t('mine.set.bound')} words={t('mine.set.boundWords')}>
      <OptionalNumber label={t('mine.set.bound')} value={settings.upperBound} start={1.25} onChange={(upperBound) => changeSettings({ upperBound })} />
    </Setting>
    <Setting label={t('mine.set.precision')} words={t('mine.set.precisionWords')}>
      <Segmented label={t('mine.set.precision')} value={settings.precision} onChange={(precision) => changeSettings({ precision })} options={[{ value: 'f32', label: 'f32' }, { value: 'f16', label: 'f16' }]} />
    </Setting>
  </>
);

const OptionalNumber = ({ label, value, start, onChange }: { readonly label: string; readonly value: number | null; readonly start: number; readonly onChange: (value: number | null) => void }) => (
  <>
    <Segmented label={label} value={value === null ? 'off' : 'number'} onChange={(how) => onChange(how === 'off' ? null : start)} options={[{ value: 'off', label: t('mine.set.none') }, { value: 'number', label: t('mine.set.number') }]} />
    {value === null ? null : <NumberField label={label} value={value} onChange={onChange} />}
  </>
);

/** A number to type: what cannot be read as one is said, and the last good one stays in force. */
const NumberField = ({ label, value, onChange, whole = false }: { readonly label: string; readonly value: number; readonly onChange: (value: number) => void; readonly whole?: boolean }) => {
  const [typed, setTyped] = useState<string>();
  const read = (text: string): number => Number(text.trim().replace(',', '.'));
  const isGood = (text: string): boolean => text.trim() !== '' && Number.isFinite(read(text)) && (!whole || Number.isInteger(read(text)));
  return (
    <div className={css['number']}>
      <Field label={label} bare numeric value={typed ?? String(value)} onChange={(text) => { setTyped(text); if (isGood(text)) onChange(read(text)); }} onBlur={() => setTyped(undefined)} fault={typed === undefined || isGood(typed) ? undefined : t('mine.cut.fault')} />
    </div>
  );
};
