import { MessageSquare } from 'lucide-react';
import { useState } from 'react';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { Button } from '../../../widgets/button.tsx';
import { Field } from '../../../widgets/field.tsx';
import { Icon } from '../../../widgets/icon.tsx';
import { KeyCap } from '../../../widgets/key-cap.tsx';
import { comment } from '../doing.ts';
import { reviewGrid, settleBar } from '../state.ts';
import css from './decide.module.css';

/** A few words about the open pair. Enter keeps them, Escape leaves. */
export const CommentField = () => {
  const app = useApp();
  const [text, setText] = useState('');
  const leave = (): void => { settleBar(); reviewGrid.getState().handle?.takeFocus(); };
  return (
    <div className={css['line']} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); leave(); } }}>
      <Icon of={MessageSquare} />
      <div className="grow"><Field label={t('review.comment')} bare autoFocus value={text} onChange={setText} onEnter={() => void comment(app, text)} /></div>
      <Button small onPress={() => void comment(app, text)} disabled={text.trim() === ''}>{t('review.comment.add')}<KeyCap chord="Enter" /></Button>
      <Button small quiet onPress={leave}>{t('choose.cancel')}<KeyCap chord="Escape" /></Button>
    </div>
  );
};
