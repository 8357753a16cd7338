import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { settingsSections, type SettingsSection } from '../stores/ui.ts';
import { t } from '../strings/catalogue.ts';
import { Sheet } from '../widgets/sheet.tsx';
import { ComputingSettings } from './settings-computing.tsx';
import { FaceSettings } from './settings-faces.tsx';
import { KeySettings } from './settings-keys.tsx';
import { LookSettings } from './settings-look.tsx';
import { PrivacySettings } from './settings-privacy.tsx';
import { StorageSettings } from './settings-storage.tsx';
import css from './settings-sheet.module.css';

const panels: Readonly<Record<SettingsSection, () => React.ReactNode>> = {
  look: LookSettings, faces: FaceSettings, keys: KeySettings, computing: ComputingSettings, storage: StorageSettings, privacy: PrivacySettings,
};

/** How the page looks (kept in this browser profile), what this machine computes on and keeps (kept by the workbench). */
export const SettingsSheet = ({ onClose, section = 'look' }: { readonly onClose: () => void; readonly section?: SettingsSection }) => {
  const [open, setOpen] = useState<SettingsSection>(section);
  return (
    <Sheet title={t('settings.title')} width={960} onClose={onClose}>
      <Tabs orientation="vertical" className={css['sections'] ?? ''} selectedKey={open} onSelectionChange={(key) => setOpen(settingsSections.find((each) => each === key) ?? 'look')}>
        <TabList aria-label={t('settings.sections')} className={css['list'] ?? ''}>
          {settingsSections.map((each) => <Tab key={each} id={each} className={css['name'] ?? ''}>{t(`settings.section.${each}`)}</Tab>)}
        </TabList>
        {settingsSections.map((each) => {
          const Panel = panels[each];
          return <TabPanel key={each} id={each} className={css['panel'] ?? ''}><Panel /></TabPanel>;
        })}
      </Tabs>
    </Sheet>
  );
};
