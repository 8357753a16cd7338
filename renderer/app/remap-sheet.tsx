import { Plus, RotateCcw, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Action } from '../actions/action.ts';
import { chordsOf } from '../actions/keys.ts';
import { conflictsByAction, isReserved, keysOf, ownKeys, setKeys, useKeyed, useOwnKeys } from '../actions/own-keys.ts';
import { t, tIfAny } from '../strings/catalogue.ts';
import { Button, TextButton } from '../widgets/button.tsx';
import { Field } from '../widgets/field.tsx';
import { Icon } from '../widgets/icon.tsx';
import { chordWords, KeyCap } from '../widgets/key-cap.tsx';
import { Sheet } from '../widgets/sheet.tsx';
import { allActions } from './all-actions.ts';
import { matchAction } from './match-action.ts';
import css from './remap-sheet.module.css';

const change = (action: Action, keys: readonly string[]): void => ownKeys.write(setKeys(ownKeys.read(), action, keys));

/** Every action and its keys: a key is taken away, another is pressed, and what it means elsewhere is said. */
export const RemapSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const [question, setQuestion] = useState('');
  const [recording, setRecording] = useState<string>();
  const own = useOwnKeys();
  const keyed = useKeyed(allActions);
  const conflicts = conflictsByAction(keyed);
  const shown = allActions.filter((action) => matchAction(t(action.label), question) !== undefined);
  const clashes = [...conflicts.values()].flat().length / 2;
  return (
    <Sheet title={t('remap.title')} note={t('remap.note')} width={760} onClose={onClose}
      foot={(
        <>
          <span className={`small grow ${clashes > 0 ? 'is-warn' : 'dim'}`} role="status">{clashes > 0 ? t('remap.conflicts', { count: clashes }) : t('remap.noConflicts')}</span>
          <Button quiet disabled={Object.keys(own).length === 0} onPress={() => ownKeys.write({})}>{t('remap.resetAll')}</Button>
          <Button onPress={onClose}>{t('remap.done')}</Button>
        </>
      )}>
      <div className={css['body']}>
        <Field label={t('remap.find')} value={question} onChange={setQuestion} autoFocus />
        {[...new Set(shown.map((action) => action.scope))].map((scope) => (
          <section key={scope} className={css['group']}>
            <h3>{tIfAny(`room.${scope}`, t('palette.everywhere'))}</h3>
            <ul>{shown.filter((action) => action.scope === scope).map((action) => (
              <li key={action.id} data-action={action.id}>
                <span className="grow">{t(action.label)}</span>
                <Keys action={action} keys={keysOf(action, own)} recording={recording === action.id} onRecord={setRecording} />
                {own[action.id] === undefined ? <span className={css['reset']} /> : <AriaButton className={css['reset'] ?? ''} aria-label={t('remap.reset', { action: t(action.label) })} onPress={() => change(action, action.keys)}><Icon of={RotateCcw} size={13} /></AriaButton>}
                {(conflicts.get(action.id) ?? []).map((conflict) => <Conflict key={`${conflict.chord}-${conflict.other}`} chord={conflict.chord} other={allActions.find((each) => each.id === conflict.other)} />)}
              </li>
            ))}</ul>
          </section>
        ))}
        {shown.length === 0 ? <p className="small dim">{t('palette.none')}</p> : null}
      </div>
    </Sheet>
  );
};

type KeysProps = { readonly action: Action; readonly keys: readonly string[]; readonly recording: boolean; readonly onRecord: (id: string | undefined) => void };

const Keys = ({ action, keys, recording, onRecord }: KeysProps) => (
  <span className={css['keys']}>
    {keys.map((chord) => (
      <span key={chord} className={css['one']}><KeyCap chord={chord} /><span className="only-read-aloud">{chordWords(chord)}</span><AriaButton aria-label={t('remap.remove', { key: chordWords(chord), action: t(action.label) })} onPress={() => change(action, keys.filter((each) => each !== chord))}><Icon of={X} size={11} /></AriaButton></span>
    ))}
    {recording ? <Recorder keys={keys} onKey={(chord) => { if (chord !== undefined) change(action, [...keys, chord]); onRecord(undefined); }} />
      : <AriaButton className={css['add'] ?? ''} aria-label={t('remap.add', { action: t(action.label) })} onPress={() => onRecord(action.id)}><Icon of={Plus} size={13} /></AriaButton>}
  </span>
);

const modifiers = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified'];

/** Waits for a press. Escape leaves it; a key that must stay as it is says so. */
const Recorder = ({ keys, onKey }: { readonly keys: readonly string[]; readonly onKey: (chord: string | undefined) => void }) => {
  const [refused, setRefused] = useState<string>();
  useEffect(() => {
    const onPress = (event: KeyboardEvent): void => {
      if (event.isComposing || event.keyCode === 229 || modifiers.includes(event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // The sign at its place on a Latin keyboard, so that the key is found whatever layout is on.
      const chord = chordsOf(event).at(-1) ?? '';
      if (chord === 'Escape') onKey(undefined);
      else if (isReserved(chord)) setRefused(chord);
      else onKey(keys.includes(chord) ? undefined : chord);
    };
    window.addEventListener('keydown', onPress, { capture: true });
    return () => window.removeEventListener('keydown', onPress, { capture: true });
  }, [keys, onKey]);
  return <span className={css['recording']} role="status">{refused === undefined ? t('remap.press') : t('remap.refused', { key: chordWords(refused) })}</span>;
};

/** What the key means, too, and a way to end it. */
const Conflict = ({ chord, other }: { readonly chord: string; readonly other: Action | undefined }) => {
  const own = useOwnKeys();
  if (other === undefined) return null;
  return (
    <span className={css['conflict']}>
      <span className="is-warn"><Icon of={TriangleAlert} size={13} /></span>
      <span>{t('remap.conflict', { key: chordWords(chord), action: t(other.label) })}</span>
      <TextButton label={t('remap.takeFrom', { key: chordWords(chord), action: t(other.label) })} onPress={() => change(other, keysOf(other, own).filter((each) => each !== chord))}>{t('remap.take')}</TextButton>
    </span>
  );
};
