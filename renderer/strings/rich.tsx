import type { ReactNode } from 'react';
import { t, type StringKey, type ValuesOf } from './catalogue.ts';

/** A message whose `<b>..</b>` parts are set bold. The only mark-up a message may have. */
export const rich = <K extends StringKey>(key: K, ...values: ValuesOf<K>): ReactNode =>
  t(key, ...values).split(/(<b>.*?<\/b>)/u).map((part, index) => (part.startsWith('<b>') ? <b key={index}>{part.slice(3, -4)}</b> : part));
