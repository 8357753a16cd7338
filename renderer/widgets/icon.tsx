import type { LucideIcon } from 'lucide-react';

type Props = { readonly of: LucideIcon; /** In a row: smaller and bolder, so that a glyph of 14 px still reads. */ readonly row?: boolean; readonly size?: number; readonly className?: string };

/** A glyph beside its word; screen readers read the word. */
export const Icon = ({ of: Glyph, row = false, size, className }: Props) => (
  <Glyph aria-hidden="true" focusable="false" size={size ?? (row ? 14 : 15)} strokeWidth={row ? 2.4 : 1.75} className={className} style={{ flex: 'none' }} />
);
