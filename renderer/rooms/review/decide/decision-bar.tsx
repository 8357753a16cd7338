import { Check, CircleQuestionMark, Flag, MessageSquare, Pencil, Undo2, X, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Toolbar } from 'react-aria-components';
import { useStore } from 'zustand';
import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { Action } from '../../../actions/action.ts';
import { ActionKey, useAvailability } from '../../../actions/action-button.tsx';
import { useChord } from '../../../actions/own-keys.ts';
import { everywhereActions } from '../../../actions/everywhere.ts';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { Icon } from '../../../widgets/icon.tsx';
import { KeyCap, saysKey } from '../../../widgets/key-cap.tsx';
import { reviewAction } from '../actions.ts';
import type { Annotators } from '../annotator.ts';
import { isPlain, labelsOn, levelOf } from '../choices.ts';
import { openRows, reviewState } from '../state.ts';
import { CommentField } from './comment-field.tsx';
import { EndBlind } from './end-blind.tsx';
import { WhoField } from './who-field.tsx';
import css from './decide.module.css';

type Props = { readonly row: PairRow | undefined; readonly people: Annotators };

/** Glyph, word, key: the word is the button. What needs one more answer is asked in the bar's place. */
export const DecisionBar = ({ row, people }: Props) => {
  const bar = useStore(reviewState, (state) => state.bar);
  const asks = bar === 'who' || (people.known && people.me === undefined && row !== undefined && bar === 'keys');
  if (asks) return <div className={css['ask']}><WhoField people={people} asked={bar === 'who'} /></div>;
  if (bar === 'comment' && row !== undefined) return <div className={css['ask']}><CommentField key={row.id} /></div>;
  if (bar === 'blind') return <div className={css['ask']}><EndBlind people={people} /></div>;
  if (bar === 'reasons') return <Choices heading={t('review.bar.why')}><Reasons /></Choices>;
  return <Keys row={row} />;
};

const undo = everywhereActions.find((each) => each.id === 'project.undo');
const allKeys = everywhereActions.find((each) => each.id === 'app.keys');

const Keys = ({ row }: { readonly row: PairRow | undefined }) => {
  const plain = isPlain(useStore(openRows, (open) => open.scheme));
  return (
    <Toolbar aria-label={t('review.bar')} className={`${css['bar']} ${plain ? '' : css['wide']}`}>
      <div className={css['left']}>
        <Key action={reviewAction('review.back')} words={t('review.bar.back')} />
        <Key action={reviewAction('review.edit')} words={t('review.bar.edit')} icon={Pencil} />
        {plain ? <Key action={reviewAction('review.comment')} words={t('review.bar.comment')} icon={MessageSquare} /> : null}
      </div>
      <div className={css['middle']}>
        {plain ? (
          <>
            <Key action={reviewAction('review.accept')} words={t('review.bar.accept')} icon={Check} tone="is-accept" on={row?.review.decision === 'accept'} />
            <Key action={reviewAction('review.unsure')} words={t('review.bar.unsure')} icon={CircleQuestionMark} tone="is-unsure" on={row?.review.decision === 'unsure'} />
            <Key action={reviewAction('review.reject')} words={t('review.bar.reject')} icon={X} tone="is-reject" on={row?.review.decision === 'reject'} />
          </>
        ) : <Labels />}
      </div>
      <div className={css['right']}>
        <Key action={reviewAction('review.flag')} words={t('review.bar.flag')} icon={Flag} tone="is-flag" on={row?.review.flags.includes('flagged') === true} />
        {undo === undefined ? null : <Key action={undo} words={t('action.undo')} icon={Undo2} />}
        {allKeys === undefined ? null : <Key action={allKeys} words={t('review.bar.allKeys')} quiet />}
      </div>
    </Toolbar>
  );
};

type KeyProps = { readonly action: Action; readonly words: string; readonly icon?: LucideIcon; readonly tone?: string; readonly on?: boolean; readonly quiet?: boolean };

const Key = ({ action, words, icon, tone, on, quiet = false }: KeyProps) => {
  const app = useApp();
  const available = useAvailability(action);
  const chord = useChord(action);
  const cap = chord === undefined ? null : <KeyCap chord={chord} />;
  return (
    <Button className={`${css['key']} ${quiet ? css['quiet'] : ''}`} isDisabled={available !== 'yes'} {...(on === undefined ? {} : { 'aria-pressed': on })} {...saysKey(chord)} onPress={() => void action.run(app)}>
      {icon === undefined ? (quiet ? null : cap) : <span className={tone}><Icon of={icon} /></span>}{words}{icon === undefined && !quiet ? null : cap}
    </Button>
  );
};

/** A numbered answer. */
const Numbered = ({ number, words, tone }: { readonly number: number; readonly words: string; readonly tone?: string | undefined }) => {
  const app = useApp();
  return <Button className={css['key'] ?? ''} {...saysKey(String(number))} onPress={() => void reviewAction(`review.choose${number}`).run(app)}><KeyCap chord={String(number)} /><span className={`ellipsis ${tone ?? ''}`}>{words}</span></Button>;
};

const Choices = ({ heading, children }: { readonly heading: string; readonly children: ReactNode }) => {
  const app = useApp();
  return (
    <Toolbar aria-label={heading} className={`${css['ask']} ${css['choices']}`}>
      <strong className="small">{heading}</strong>
      {children}
      <span className="grow" />
      <Button className={`${css['key']} ${css['quiet']}`} {...saysKey('Escape')} onPress={() => void reviewAction('review.leave').run(app)}>{t('choose.cancel')}<KeyCap chord="Escape" /></Button>
    </Toolbar>
  );
};

const Reasons = () => {
  const app = useApp();
  const reasons = useStore(openRows, (open) => open.scheme?.reasons) ?? [];
  return (
    <>
      {reasons.slice(0, 9).map((reason, index) => <Numbered key={reason.id} number={index + 1} words={reason.title} />)}
      <Button className={css['key'] ?? ''} onPress={() => void reviewAction('review.reject').run(app)}><ActionKey action={reviewAction('review.reject')} />{t('review.bar.noReason')}</Button>
    </>
  );
};

const tones = { accept: 'is-accept', reject: 'is-reject', unsure: 'is-unsure' } as const;

/** The labels of the level that is open, after those that led there. */
const Labels = () => {
  const scheme = useStore(openRows, (open) => open.scheme);
  const path = useStore(reviewState, (state) => state.labelPath);
  if (scheme === undefined) return null;
  return (
    <>
      {path.length === 0 ? null : <span className="small dim ellipsis">{labelsOn(scheme, path).map((label) => label.title).join(' / ')} /</span>}
      {levelOf(scheme, path).slice(0, 9).map((label, index) => <Numbered key={label.id} number={index + 1} words={label.title} tone={label.decision === null ? undefined : tones[label.decision]} />)}
    </>
  );
};
