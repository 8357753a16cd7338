import type { ImportOptions, ImportPreview } from '../../../main/contract/corpora.ts';
import { isLanguageTag } from '../../../main/contract/language.ts';
import { t, tIfAny } from '../../strings/catalogue.ts';
import { bytes, decimal, percent } from '../../strings/numbers.ts';
import { languageName } from '../../text/languages.ts';
import { TextButton } from '../../widgets/button.tsx';
import { Checkbox } from '../../widgets/checkbox.tsx';
import { Field } from '../../widgets/field.tsx';
import { Segmented } from '../../widgets/segmented.tsx';
import { Select } from '../../widgets/select.tsx';
import { isBitext, withHeader, type Planned } from './import-plan.ts';
import css from './import-sheet.module.css';

/** WHATWG labels that people meet; the one that was detected is added if it is another. */
const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1250', 'windows-1251', 'windows-1253', 'windows-1254', 'windows-1255', 'windows-1256', 'iso-8859-2', 'iso-8859-15', 'koi8-r', 'gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr', 'windows-874'] as const;

type Props = { readonly planned: Planned; readonly onName: (name: string) => void; readonly onChange: (options: ImportOptions) => void };

/** What was detected, each with its control. */
export const ImportOptionsForm = ({ planned, onName, onChange }: Props) => {
  const { preview } = planned;
  const { options, targetPath } = preview.file;
  const known = encodings.some((each) => each === options.encoding) ? encodings : [options.encoding, ...encodings];
  const bitext = isBitext(options);
  const set = (part: Partial<ImportOptions>): void => onChange({ ...options, ...part });
  return (
    <>
      <div className={css['options']}>
        <Field label={t('import.collection')} value={planned.collection} onChange={onName} />
        <Language label={bitext ? t('import.sourceLanguage') : t('import.language')} value={options.language} guesses={preview.languages} onChange={(language) => set({ language })} />
        {bitext
          ? <Language label={t('import.targetLanguage')} value={options.targetLanguage ?? ''} guesses={preview.targetLanguages} onChange={(targetLanguage) => set({ targetLanguage })} />
          : (
            <div className={css['option']}><span className={css['label']}>{t('import.split')}</span>
              <Segmented label={t('import.split')} value={options.split} onChange={(split) => set({ split })} options={[{ value: 'none', label: t('import.split.none') }, { value: 'sentences', label: t('import.split.sentences') }]} />
              <span className="small dimmer">{t('import.perLine', { number: decimal(preview.sentencesPerLine, 1) })}</span>
            </div>
          )}
        <Select label={t('import.encoding')} value={options.encoding} onChange={(encoding) => set({ encoding })} options={known.map((value) => ({ value, label: value }))} />
        <div className={css['option']}><span className={css['label']}>{t('import.layout')}</span>
          <Segmented label={t('import.layout')} value={options.layout} onChange={(layout) => set({ layout })}
            options={[{ value: 'lines', label: t('import.layout.lines'), disabled: targetPath !== null }, { value: 'columns', label: t('import.layout.columns'), disabled: targetPath !== null }, { value: 'moses', label: t('import.layout.moses'), disabled: targetPath === null }]} />
        </div>
        <div className={css['option']}><span className={css['label']}>{t('import.firstLine')}</span>
          <Checkbox checked={options.header} disabled={options.layout !== 'columns'} onChange={(header) => set(withHeader(preview, header))}>{t('import.header')}</Checkbox>
        </div>
      </div>
      <Found preview={preview} />
    </>
  );
};

/** What the file is, as far as it cannot be changed. */
const Found = ({ preview }: { readonly preview: ImportPreview }) => (
  <p className={css['found']}>
    <span>{t('import.size')} <b>{bytes(preview.bytes)}</b></span>
    <span>{t('import.encodingSure')} <b>{percent(preview.encodingConfidence)}</b></span>
    <span>{t('import.bom')} <b>{preview.bom ?? t('models.none')}</b></span>
    <span>{t('import.lineEnds')} <b>{t(`import.lineEnd.${preview.lineEnd}`)}</b></span>
    <span>{t('import.compression')} <b>{tIfAny(`import.compression.${preview.file.options.compression}`, preview.file.options.compression)}</b></span>
    {preview.file.targetPath === null ? null : <span>{t('import.partner')} <b><bdi title={preview.file.targetPath}>{preview.file.targetPath.split(/[\\/]/u).at(-1)}</bdi></b></span>}
  </p>
);

type LanguageProps = { readonly label: string; readonly value: string; readonly guesses: ImportPreview['languages']; readonly onChange: (language: string) => void };

const Language = ({ label, value, guesses, onChange }: LanguageProps) => {
  const others = guesses.filter((guess) => guess.share >= 0.05).slice(0, 4);
  return (
    <div className={css['option']} style={{ justifyItems: 'stretch' }}>
      <Field label={label} value={value} onChange={onChange} fault={isLanguageTag(value) ? undefined : t('import.fault.language')} />
      <span className={css['guesses']}>
        {isLanguageTag(value) && languageName(value) !== value ? <span>{languageName(value)}</span> : null}
        {others.map((guess) => <TextButton key={guess.language} disabled={guess.language === value} onPress={() => onChange(guess.language)}>{`${guess.language} ${percent(guess.share)}`}</TextButton>)}
      </span>
    </div>
  );
};
