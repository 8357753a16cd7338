import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FailureData } from '../../main/contract/errors.ts';
import { failureWords } from '../strings/failure-words.ts';
import { Icon } from './icon.tsx';
import css from './notice.module.css';

type Props = { readonly failure: FailureData; readonly framed?: boolean; /** Buttons that name the next step. */ readonly children?: ReactNode };

/** An error in its place: what happened, what was kept, what to do next. Never only a code, never a modal. */
export const Notice = ({ failure, framed = false, children }: Props) => {
  const { message, detail, hint } = failureWords(failure);
  return (
    <div className={`${css['notice']} ${framed ? css['framed'] : ''}`} role="alert">
      <Icon of={TriangleAlert} />
      <div>
        <p dir="auto"><strong>{message}</strong></p>
        {detail === undefined ? null : <p dir="auto">{detail}</p>}
        {hint === undefined ? null : <p dir="auto">{hint}</p>}
        {children === undefined ? null : <div className={css['next']}>{children}</div>}
      </div>
    </div>
  );
};

/** Nothing here yet: what this place is for, and the way to fill it. */
export const Empty = ({ heading, children }: { readonly heading: string; readonly children: ReactNode }) => <div className={css['empty']}><h2>{heading}</h2>{children}</div>;
