import { Minus, Plus } from 'lucide-react';
import { everywhereAction } from '../actions/everywhere.ts';
import { useChord } from '../actions/own-keys.ts';
import { useApp, useSlice } from '../stores/hooks.tsx';
import { densities, themes, zooms } from '../stores/ui.ts';
import { languageChoices, locales } from '../strings/locale.ts';
import { t } from '../strings/catalogue.ts';
import { percent } from '../strings/numbers.ts';
import { IconButton } from '../widgets/button.tsx';
import { chordWords } from '../widgets/key-cap.tsx';
import { Segmented } from '../widgets/segmented.tsx';
import { Select } from '../widgets/select.tsx';
import { Setting, Statement } from './settings-parts.tsx';
import css from './settings-sheet.module.css';

/** Language, theme, density and zoom of the page. */
export const LookSettings = () => {
  const ui = useApp().stores.ui.getState();
  const language = useSlice('ui', (slice) => slice.language);
  const theme = useSlice('ui', (slice) => slice.theme);
  const density = useSlice('ui', (slice) => slice.density);
  return (
    <>
      <Setting label={t('settings.language')} words={t('settings.languageWords')}>
        <div className={css['wide']}><Select label={t('settings.language')} bare value={language} onChange={ui.setLanguage} options={languageChoices.map((value) => ({ value, label: value === 'system' ? t('settings.languageSystem') : locales[value].ownName }))} /></div>
      </Setting>
      <Setting label={t('settings.theme')} words={t('settings.themeWords')}>
        <Segmented label={t('settings.theme')} value={theme} onChange={ui.setTheme} options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))} />
      </Setting>
      <Setting label={t('settings.density')} words={t('settings.densityWords')}>
        <Segmented label={t('settings.density')} value={density} onChange={ui.setDensity} options={densities.map((value) => ({ value, label: t(`density.${value}`) }))} />
      </Setting>
      <Zooming />
      <Statement label={t('settings.motion')} words={t('settings.motionWords')} />
      <p className={css['aside']}>{t('settings.keptHere')}</p>
    </>
  );
};

const Zooming = () => {
  const { stepZoom, setZoom } = useApp().stores.ui.getState();
  const zoom = useSlice('ui', (slice) => slice.zoom);
  const chords = [useChord(everywhereAction('app.zoomOut')), useChord(everywhereAction('app.zoomIn')), useChord(everywhereAction('app.zoomUsual'))].map((chord) => (chord === undefined ? '–' : chordWords(chord)));
  return (
    <Setting label={t('settings.zoom')} words={t('settings.zoomWords', { smaller: chords[0] ?? '', larger: chords[1] ?? '', usual: chords[2] ?? '' })}>
      <IconButton icon={Minus} label={t('settings.zoomSmaller')} disabled={zoom === zooms[0]} onPress={() => stepZoom(-1)} />
      <div className={css['zoom']}><Select label={t('settings.zoom')} bare value={String(zoom)} onChange={(value) => { const found = zooms.find((each) => String(each) === value); if (found !== undefined) setZoom(found); }} options={zooms.map((value) => ({ value: String(value), label: percent(value) }))} /></div>
      <IconButton icon={Plus} label={t('settings.zoomLarger')} disabled={zoom === zooms.at(-1)} onPress={() => stepZoom(1)} />
    </Setting>
  );
};
