import { useEffect, useState } from 'react';
import { useSlice } from '../stores/hooks.tsx';
import { t } from '../strings/catalogue.ts';
import { faceOf, type Face } from '../text/faces.ts';
import { languageName } from '../text/languages.ts';
import { Facts } from '../widgets/facts.tsx';

/** Which face each language of the project really gets on this machine. */
export const FacesOfProject = () => {
  const collections = useSlice('collections', (slice) => slice.value) ?? [];
  const languages = [...new Set(collections.flatMap((each) => [each.language, each.targetLanguage ?? '']))].filter((language) => language !== '').toSorted();
  const faces = useFaces(languages);
  if (languages.length === 0) return <p className="small dim">{t('settings.noLanguages')}</p>;
  return <Facts wide facts={languages.map((language) => [languageName(language), wordsOf(faces.get(language))])} />;
};

const useFaces = (languages: readonly string[]): ReadonlyMap<string, Face> => {
  const [faces, setFaces] = useState<ReadonlyMap<string, Face>>(new Map());
  const key = languages.join(' ');
  useEffect(() => {
    let isOpen = true;
    for (const language of key === '' ? [] : key.split(' ')) {
      void faceOf(language).then((face) => { if (isOpen) setFaces((known) => new Map([...known, [language, face]])); });
    }
    return () => { isOpen = false; };
  }, [key]);
  return faces;
};

const wordsOf = (face: Face | undefined): string => {
  if (face === undefined) return '';
  if (face.missing.length > 0) return t('settings.faceMissing', { signs: face.missing.slice(0, 8).join(' ') });
  return face.family === null ? t('settings.faceOfSystem') : face.isShipped ? t('settings.faceShipped', { family: face.family }) : face.family;
};
