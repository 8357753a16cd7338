import type { ReactNode } from 'react';
import css from './settings-sheet.module.css';

type Props = { readonly label: string; readonly words?: ReactNode; readonly children: ReactNode };

/** One setting: its name and a line about it, and at the end of the line what sets it. */
export const Setting = ({ label, words, children }: Props) => (
  <section className={css['setting']}>
    <h3 className="strong">{label}</h3>
    {words === undefined ? null : <p className="small dim">{words}</p>}
    <div>{children}</div>
  </section>
);

/** Something that is said and cannot be set. */
export const Statement = ({ label, words }: { readonly label: string; readonly words: string }) => <section className={css['statement']}><h3 className="strong">{label}</h3><p>{words}</p></section>;
