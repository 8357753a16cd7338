import { useEffect, useState } from 'react';
import { useApp, useSlice } from '../stores/hooks.tsx';
import { faceScripts, type FaceScript } from '../text/face-scripts.ts';
import { familiesHere, faceOf, familyName, hasFace } from '../text/faces.ts';
import { scriptName, scriptOf } from '../text/languages.ts';
import { faceSizes, type FaceChoice } from '../text/own-faces.ts';
import { Text } from '../text/text.tsx';
import { t } from '../strings/catalogue.ts';
import { percent } from '../strings/numbers.ts';
import { Button } from '../widgets/button.tsx';
import { Field } from '../widgets/field.tsx';
import { Select } from '../widgets/select.tsx';
import css from './settings-sheet.module.css';

/** Which face and size the texts of each script have, with a line to judge them by. */
export const FaceSettings = () => {
  const { setFace } = useApp().stores.ui.getState();
  const own = useSlice('ui', (slice) => slice.faces);
  const inProject = useScriptsOfProject();
  const known = useFamilies();
  const first = faceScripts.filter((each) => inProject.has(each.script));
  const chosen = Object.keys(own);
  return (
    <>
      <div className={css['head']}>
        <div><h3 className="strong">{t('settings.faces')}</h3><p className="small dim">{t('settings.facesWords')}</p></div>
        <Button quiet disabled={chosen.length === 0} onPress={() => { for (const script of chosen) setFace(script, undefined); }}>{t('settings.facesReset')}</Button>
      </div>
      <table className={`${css['table']} ${css['faces']}`} aria-label={t('settings.faces')}>
        <thead><tr><th scope="col">{t('settings.script')}</th><th scope="col">{t('settings.face')}</th><th scope="col">{t('settings.size')}</th><th scope="col">{t('settings.sample')}</th></tr></thead>
        <tbody>
          {[...first, ...faceScripts.filter((each) => !first.includes(each))].map((script) => <ScriptRow key={script.script} of={script} choice={own[script.script]} here={known.get(script.script)} onChoose={(choice) => setFace(script.script, choice)} />)}
        </tbody>
      </table>
      <p className={css['aside']}>{t('settings.keptHere')}</p>
    </>
  );
};

const [asUsual, byName] = ['', '\u0000'];

type Here = { readonly usual: string | null; readonly families: readonly string[]; /** Signs for which boxes are shown. */ readonly missing: readonly string[] };
type RowProps = { readonly of: FaceScript; readonly choice: FaceChoice | undefined; readonly here: Here | undefined; readonly onChoose: (choice: FaceChoice | undefined) => void };

const ScriptRow = ({ of: { script, language, sample }, choice, here, onChoose }: RowProps) => {
  const [naming, setNaming] = useState(false);
  const name = scriptName(script);
  const family = choice?.family ?? null;
  const size = choice?.size ?? 1;
  const set = (next: FaceChoice): void => onChoose(next.family === null && next.size === 1 ? undefined : next);
  const families = [...new Set([...(here?.families ?? []), ...(family === null ? [] : [family])])];
  const usual = here?.usual ?? null;
  return (
    <tr data-script={script}>
      <th scope="row">{name}</th>
      <td>
        <Select label={t('settings.faceOf', { script: name })} bare value={naming ? byName : family ?? asUsual}
          onChange={(value) => { setNaming(value === byName); if (value !== byName) set({ family: value === asUsual ? null : value, size }); }}
          options={[
            { value: asUsual, label: usual === null ? t('settings.faceUsual') : t('settings.faceUsualNamed', { family: familyName(usual) }) },
            ...families.map((each) => ({ value: each, label: familyName(each) })),
            { value: byName, label: t('settings.faceByName') },
          ]} />
        {naming ? <ByName script={script} name={name} onName={(found) => { setNaming(false); set({ family: found, size }); }} /> : null}
        {here === undefined || here.missing.length === 0 ? null : <p className="small is-warn">{t('settings.faceMissing', { signs: here.missing.slice(0, 8).join(' ') })}</p>}
      </td>
      <td><Select label={t('settings.sizeOf', { script: name })} bare value={String(size)} onChange={(value) => set({ family, size: faceSizes.find((each) => String(each) === value) ?? 1 })} options={faceSizes.map((value) => ({ value: String(value), label: percent(value) }))} /></td>
      <td className={css['sample']}><Text language={language}>{sample}</Text></td>
    </tr>
  );
};

/** A face that nobody thought of: it is taken when it is here and has the script's signs. */
const ByName = ({ script, name, onName }: { readonly script: string; readonly name: string; readonly onName: (family: string) => void }) => {
  const [text, setText] = useState('');
  const [absent, setAbsent] = useState(false);
  const take = async (): Promise<void> => { if (await hasFace(text.trim(), script)) onName(text.trim()); else setAbsent(true); };
  return (
    <div className={css['byName']}>
      <Field label={t('settings.faceName', { script: name })} bare autoFocus value={text} onChange={(next) => { setText(next); setAbsent(false); }} onEnter={() => void take()} fault={absent ? t('settings.faceAbsent') : undefined} />
    </div>
  );
};

const useScriptsOfProject = (): ReadonlySet<string> => {
  const collections = useSlice('collections', (slice) => slice.value) ?? [];
  const languages = collections.flatMap((each) => [each.language, each.targetLanguage ?? '']).filter((language) => language !== '');
  return new Set(languages.flatMap((language) => (language.split('-')[0] === 'ur' ? ['Aran'] : [scriptOf(language) ?? ''])));
};

/** What is here, script by script: each takes some drawings, so the page breathes in between. */
const useFamilies = (): ReadonlyMap<string, Here> => {
  const [known, setKnown] = useState<ReadonlyMap<string, Here>>(new Map());
  useEffect(() => {
    let isOpen = true;
    const look = async (): Promise<void> => {
      for (const { script, language } of faceScripts) {
        if (!isOpen) return;
        const here: Here = { ...await familiesHere(script), missing: (await faceOf(language)).missing };
        if (isOpen) setKnown((before) => new Map([...before, [script, here]]));
        await new Promise((go) => { setTimeout(go, 0); });
      }
    };
    void look();
    return () => { isOpen = false; };
  }, []);
  return known;
};
