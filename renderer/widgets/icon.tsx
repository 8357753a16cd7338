import { BetweenHorizontalStart, ChevronLeft, ChevronRight, List, ListChecks, ListFilter, ListPlus, ListTodo, ListTree, LogOut, Milestone, PanelLeft, Redo2, Undo2, type LucideIcon } from 'lucide-react';
import { rem } from './zoom.ts';

type Props = { readonly of: LucideIcon; /** In a row: smaller and bolder, so that a glyph of 14 px still reads. */ readonly row?: boolean; readonly size?: number; readonly className?: string };

/** Glyphs that point along the line, or draw lines that start somewhere: they turn with the interface. What points up, turns in time or shows a thing stays. */
const turning: ReadonlySet<LucideIcon> = new Set([BetweenHorizontalStart, ChevronLeft, ChevronRight, List, ListChecks, ListFilter, ListPlus, ListTodo, ListTree, LogOut, Milestone, PanelLeft, Redo2, Undo2]);

/** A glyph beside its word; screen readers read the word. */
export const Icon = ({ of: Glyph, row = false, size, className }: Props) => (
  <Glyph aria-hidden="true" focusable="false" size={rem(size ?? (row ? 14 : 15))} strokeWidth={row ? 2.4 : 1.75} className={className} data-turns={turning.has(Glyph) ? '' : undefined} style={{ flex: 'none' }} />
);
