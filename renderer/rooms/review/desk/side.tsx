import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { Finding } from '../../../../main/contract/review-checks.ts';
import type { Side as SideName } from '../../../../main/contract/review.ts';
import { ActionButton } from '../../../actions/action-button.tsx';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import type { TextMark } from '../../../text/highlights.ts';
import { directionOf, languageName, textAttributes } from '../../../text/languages.ts';
import { MarkedText } from '../../../text/marked-text.tsx';
import { Text } from '../../../text/text.tsx';
import { TextButton } from '../../../widgets/button.tsx';
import { KeyCap } from '../../../widgets/key-cap.tsx';
import { reviewAction } from '../actions.ts';
import { useWordLinks } from '../links/use-word-links.ts';
import { draftKey, marksShown, reviewState } from '../state.ts';
import { useWriting } from '../writing.ts';
import { useMarks } from './marks.ts';
import { SplitSide } from './split-side.tsx';
import css from './desk.module.css';

type Props = { readonly row: PairRow; readonly side: SideName; readonly findings: readonly Finding[] };

/** One side of the open pair under its column: to read with what was changed, to write, or to cut in two. */
export const Side = ({ row, side, findings }: Props) => {
  const editing = useStore(reviewState, (state) => state.editing);
  const splitting = useStore(reviewState, (state) => (state.splitting?.pair === row.id ? state.splitting : undefined));
  const { language } = row[side];
  const isWriting = editing?.pair === row.id && editing.side === side && editing.place === 'desk';
  return (
    <div className={css['side']} tabIndex={isWriting || splitting !== undefined ? -1 : 0} role="region" aria-label={t(`review.desk.${side}`, { language: languageName(language) })}>
      {splitting !== undefined ? <><Caption row={row} side={side}><SplitHint side={side} /></Caption><SplitSide row={row} side={side} splitting={splitting} autoFocus={side === 'source'} /></>
        : isWriting ? <Writing key={`${row.id}-${side}`} row={row} side={side} /> : <Reading row={row} side={side} findings={findings} />}
    </div>
  );
};

const SplitHint = ({ side }: { readonly side: SideName }) => (side === 'source' ? <span className="dimmer">{t('review.split.hint')}</span> : <ActionButton action={reviewAction('review.split')} quiet withIcon={false} />);

const Caption = ({ row, side, children }: Omit<Props, 'findings'> & { readonly children?: React.ReactNode }) => {
  const { language } = row[side];
  return (
    <div className={`${css['caption']} ${directionOf(language) === 'rtl' ? css['fromEnd'] : ''}`}>
      <span className={`${css['mark']} ${side === 'target' ? css['target'] : ''}`} /><b>{languageName(language)}</b>{children}
    </div>
  );
};

const none: readonly TextMark[] = [];

const Reading = ({ row, side, findings }: Props) => {
  const draft = useStore(reviewState, (state) => state.drafts.get(draftKey(row.id, side)));
  const visible = useSyncExternalStore(marksShown.subscribe, marksShown.read);
  const { language, text, original } = row[side];
  const state = draft !== undefined ? t('review.desk.draft') : original === null ? undefined : t(row.review.decision === 'none' ? 'review.desk.editedOpen' : 'review.desk.edited');
  const shown = draft ?? text;
  const before = original ?? (draft === undefined ? null : text);
  const links = useWordLinks(row, side);
  const marks = useMarks(shown, side, language, findings, draft === undefined ? links.marks : none);
  return (
    <>
      <Caption row={row} side={side}>
        <span className="dimmer">{directionOf(language) === 'rtl' ? t('review.desk.rightToLeft', { language }) : language}</span>
        {state === undefined ? null : <span className="dimmer">{state}</span>}
        {links.words === undefined ? null : <span className="dimmer" role="status">{links.words}</span>}
        {side === 'source' && row.source.text !== '' && row.source.text === row.target.text ? <span className="is-warn">{t('review.desk.copied')}</span> : null}
      </Caption>
      {shown === '' ? <Text language={language} read><span className="dimmer">{t('review.desk.empty')}</span></Text>
        : <div onPointerMove={links.onPointerMove} onPointerLeave={links.onPointerLeave}><MarkedText language={language} read text={shown} before={before ?? undefined} marks={marks} visible={visible} /></div>}
    </>
  );
};

const MarkButton = ({ id }: { readonly id: string }) => {
  const app = useApp();
  const { label, run } = reviewAction(id);
  return <TextButton onPress={() => void run(app)}>{t(label)}</TextButton>;
};

/** Direction marks are at hand where a text may need them; by name they are in the palette always. */
const mixesDirections = ({ source, target }: PairRow): boolean => directionOf(source.language) === 'rtl' || directionOf(target.language) === 'rtl';

const Writing = ({ row, side }: Omit<Props, 'findings'>) => {
  const writing = useWriting(row, side, 'desk');
  const { language } = row[side];
  return (
    <>
      <Caption row={row} side={side}>
        <span className={css['tools']}>
          <TextButton onPress={writing.save}>{t('review.desk.save')}</TextButton><KeyCap chord="Enter" />
          <TextButton onPress={writing.giveUp}>{t('review.desk.giveUp')}</TextButton><KeyCap chord="Escape" />
          {mixesDirections(row) ? <><MarkButton id="review.insertLrm" /><MarkButton id="review.insertRlm" /></> : null}
        </span>
      </Caption>
      <textarea data-writing className={`text read ${css['writing']}`} {...textAttributes(language)} aria-label={t('review.editing', { language: languageName(language) })} spellCheck={false} autoFocus
        onFocus={(event) => { const end = event.currentTarget.value.length; event.currentTarget.setSelectionRange(end, end); }}
        value={writing.text} onChange={(event) => writing.write(event.currentTarget.value)} onKeyDown={writing.onKeyDown}
        onBlur={(event) => { if (!(event.relatedTarget instanceof Element && event.currentTarget.parentElement?.contains(event.relatedTarget) === true)) writing.onBlur(); }} />
    </>
  );
};
