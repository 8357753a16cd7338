import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { FailureData } from '../../../main/contract/errors.ts';
import type { ProjectionSettings } from '../../../main/contract/projection.ts';
import { isLanguageTag } from '../../../main/contract/language.ts';
import { toFailureData } from '../../link/link.ts';
import { useApp } from '../../stores/hooks.tsx';
import type { ChooseRequest } from '../../stores/ui.ts';
import { t } from '../../strings/catalogue.ts';
import { Button } from '../../widgets/button.tsx';
import { Field } from '../../widgets/field.tsx';
import { Notice } from '../../widgets/notice.tsx';
import { Segmented } from '../../widgets/segmented.tsx';
import { Sheet } from '../../widgets/sheet.tsx';
import css from './carry-sheet.module.css';

const methods = ['alignment', 'constrained', 'both'] as const satisfies readonly ProjectionSettings['method'][];
const origins = ['file', 'model'] as const;
/** Places of each span that the constrained search keeps, as many as there are keys for. */
const placesKept = 4;

/** Carries the labels of a file to its translations: which files, which languages, which methods. The work is a job; the labelling stands in the list when it is done. */
export const CarrySheet = ({ onClose }: { readonly onClose: () => void }) => {
  const app = useApp();
  const [input, setInput] = useState<string>();
  const [origin, setOrigin] = useState<(typeof origins)[number]>('file');
  const [translations, setTranslations] = useState<string>();
  const [method, setMethod] = useState<ProjectionSettings['method']>('alignment');
  const [folder, setFolder] = useState<string>();
  const [languages, setLanguages] = useState({ source: 'en', target: 'de' });
  const [failure, setFailure] = useState<FailureData>();
  const [busy, setBusy] = useState(false);
  const needsModel = method !== 'alignment' || origin === 'model';
  const isReady = input !== undefined && (origin === 'model' || translations !== undefined) && (!needsModel || folder !== undefined) && isLanguageTag(languages.source) && isLanguageTag(languages.target);

  const choose = async (request: Pick<ChooseRequest, 'want' | 'title' | 'endings'>, take: (path: string) => void): Promise<void> => {
    const [path] = await app.stores.ui.getState().choose({ ...request, button: t('choose.read') });
    if (path !== undefined) { take(path); setFailure(undefined); }
  };
  const start = async (): Promise<void> => {
    if (input === undefined || !isReady) return;
    setBusy(true);
    try {
      await app.link.call('projection.start', {
        input, from: 'auto', translations: origin === 'file' ? translations ?? null : null, output: null, to: 'conll', overwrite: false, gold: null,
        settings: { sourceLanguage: languages.source, targetLanguage: languages.target, method, aligner: 'auto', model: needsModel && folder !== undefined ? { folder, precision: 'auto' } : null, search: 'auto', count: placesKept, reverse: false },
      });
      onClose();
      app.go({ room: 'label', path: [] });
      app.stores.ui.getState().say({ text: t('label.carry.begun') });
    } catch (thrown) {
      setFailure(toFailureData(thrown));
    } finally {
      setBusy(false);
    }
  };
  const file = (words: string, path: string | undefined, onChoose: () => void) => (
    <div className={css['file']}><span>{words}</span><Button small icon={FolderOpen} onPress={onChoose}>{path === undefined ? t('label.carry.choose') : t('label.carry.other')}</Button><span className="small dim ellipsis" dir="rtl"><bdi dir="ltr">{path ?? ''}</bdi></span></div>
  );
  return (
    <Sheet title={t('label.carry.title')} width={640} onClose={onClose} foot={(
      <><span className="grow" /><Button quiet onPress={onClose}>{t('choose.cancel')}</Button><Button primary disabled={!isReady || busy} onPress={() => void start()}>{t('label.carry.start')}</Button></>
    )}>
      <div className={css['body']}>
        <p className="dim">{t('label.carry.words')}</p>
        {file(t('label.carry.input'), input, () => void choose({ want: 'file', title: t('label.carry.input'), endings: [] }, setInput))}
        <div className={css['choice']}><span>{t('label.carry.translations')}</span><Segmented label={t('label.carry.translations')} value={origin} options={origins.map((value) => ({ value, label: t(`label.carry.from.${value}`) }))} onChange={setOrigin} /></div>
        {origin === 'file' ? file('', translations, () => void choose({ want: 'file', title: t('label.carry.translations'), endings: [] }, setTranslations)) : null}
        <div className={css['languages']}>
          {(['source', 'target'] as const).map((side) => (
            <Field key={side} label={t(`label.carry.${side}`)} value={languages[side]} onChange={(value) => setLanguages({ ...languages, [side]: value.trim() })} fault={isLanguageTag(languages[side]) ? undefined : t('import.fault.language')} />
          ))}
        </div>
        <div className={css['choice']}><span>{t('label.carry.method')}</span><Segmented label={t('label.carry.method')} value={method} options={methods.map((value) => ({ value, label: t(`label.carry.method.${value}`) }))} onChange={setMethod} /></div>
        {needsModel ? file(t('label.carry.model'), folder, () => void choose({ want: 'folder', title: t('label.carry.model'), endings: [] }, setFolder)) : null}
        {failure === undefined ? null : <Notice failure={failure} />}
      </div>
    </Sheet>
  );
};
