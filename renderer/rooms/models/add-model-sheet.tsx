import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { FailureData } from '../../../main/contract/errors.ts';
import type { ModelInspection } from '../../../main/contract/models.ts';
import { toFailureData } from '../../link/link.ts';
import { useApp } from '../../stores/hooks.tsx';
import { t, tIfAny } from '../../strings/catalogue.ts';
import { Button } from '../../widgets/button.tsx';
import { Facts } from '../../widgets/facts.tsx';
import { Field } from '../../widgets/field.tsx';
import { Notice } from '../../widgets/notice.tsx';
import { Select } from '../../widgets/select.tsx';
import { Sheet } from '../../widgets/sheet.tsx';
import { answersOf, poolings } from './model-answers.ts';
import css from './add-model-sheet.module.css';

/** Adds an encoder from a folder: what its files say is shown, what they do not say is asked, with a proposal and the reason for the question. */
export const AddModelSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const app = useApp();
  const [folder, setFolder] = useState<string>();
  const [inspection, setInspection] = useState<ModelInspection>();
  const [words, setWords] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<FailureData>();
  const [busy, setBusy] = useState(false);

  const inspect = async (): Promise<void> => {
    const [path] = await app.stores.ui.getState().choose({ want: 'folder', title: t('models.chooseFolder'), button: t('models.look'), endings: [] });
    if (path === undefined) return;
    setFolder(path);
    setInspection(undefined);
    setFailure(undefined);
    try {
      const found = await app.link.call('models.inspect', { folder: path });
      setInspection(found);
      setWords(Object.fromEntries(found.questions.map((question) => [question.field, question.proposal])));
    } catch (error) {
      setFailure(toFailureData(error));
    }
  };

  const add = async (): Promise<void> => {
    if (folder === undefined) return;
    setBusy(true);
    try {
      const model = await app.link.call('models.add', { folder, answers: answersOf(words) });
      app.stores.ui.getState().say({ text: t('models.added', { name: model.encoder.title }) });
      onClose();
      app.go({ room: 'models', path: [model.encoder.id] });
    } catch (error) {
      setFailure(toFailureData(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Sheet title={t('models.addTitle')} width={620} onClose={onClose} foot={(
      <><span className="grow" /><Button quiet onPress={onClose}>{t('choose.cancel')}</Button><Button primary disabled={inspection === undefined || busy} onPress={() => void add()}>{t('models.add')}</Button></>
    )}>
      <div className={css['body']}>
        <p className="dim">{t('models.addWords')}</p>
        <div className="line"><Button icon={FolderOpen} onPress={() => void inspect()}>{folder === undefined ? t('models.choose') : t('models.chooseOther')}</Button><span className="small dim ellipsis"><bdi>{folder ?? ''}</bdi></span></div>
        {failure === undefined ? null : <Notice failure={failure} />}
        {inspection === undefined ? null : (
          <>
            <Facts wide facts={[
              [t('models.name'), <bdi key="name">{inspection.encoder.title}</bdi>], [t('models.dimensions'), String(inspection.encoder.dimension)],
              [t('models.pooling'), t(`models.pooling.${inspection.encoder.pooling}`)], [t('models.longest'), t('models.tokens', { count: inspection.encoder.maximumTokens })],
              [t('models.licence'), inspection.encoder.licence ?? t('models.notStated')],
            ]} />
            {inspection.warnings.map((warning) => <Notice key={warning} failure={{ code: 'model-question', message: warning }} />)}
            {inspection.questions.map((question) => {
              const label = tIfAny(`models.ask.${question.field}`, question.field);
              const value = words[question.field] ?? '';
              const change = (next: string): void => setWords({ ...words, [question.field]: next });
              return question.field === 'pooling'
                ? <div key={question.field} className={css['question']}><Select tall label={label} value={poolings.find((each) => each === value) ?? null} options={poolings.map((each) => ({ value: each, label: t(`models.pooling.${each}`) }))} onChange={change} /><p className="small dimmer">{question.why}</p></div>
                : question.field === 'normalise'
                  ? <div key={question.field} className={css['question']}><Select tall label={label} value={value === 'false' ? 'false' : 'true'} options={[{ value: 'true', label: t('yes') }, { value: 'false', label: t('no') }]} onChange={change} /><p className="small dimmer">{question.why}</p></div>
                  : <Field key={question.field} tall label={label} value={value} onChange={change} hint={question.why} />;
            })}
          </>
        )}
      </div>
    </Sheet>
  );
};
