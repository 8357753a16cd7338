import type { ReactNode } from 'react';
import css from './facts.module.css';

/** A fact: label, value. `null` and `undefined` values are left out with their label. */
export type Fact = readonly [label: string, value: ReactNode];

/** Labels in ink 3, values at the end of the line. */
export const Facts = ({ facts, wide = false }: { readonly facts: readonly Fact[]; readonly wide?: boolean }) => (
  <dl className={`${css['facts']} ${wide ? css['wide'] : ''}`}>
    {facts.filter(([, value]) => value !== null && value !== undefined).map(([label, value], index) => (
      <div key={`${label}-${index}`} style={{ display: 'contents' }}><dt>{label}</dt><dd>{value}</dd></div>
    ))}
  </dl>
);

type PanelProps = { readonly heading?: ReactNode; readonly aside?: ReactNode; readonly children: ReactNode; readonly className?: string };

/** A part of a margin or of a side: a small heading, a line under it. */
export const Panel = ({ heading, aside, children, className = '' }: PanelProps) => (
  <section className={`${css['panel']} ${className}`}>
    {heading === undefined ? null : <h2 className={css['heading']}><span>{heading}</span>{aside === undefined ? null : <span className={css['aside']}>{aside}</span>}</h2>}
    {children}
  </section>
);
