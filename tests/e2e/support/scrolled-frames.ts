import type { Locator, Page } from 'playwright-core';

type Scrolling = { readonly frames: number; /** Pixels of the wheel a frame. */ readonly turn: number };

/** One turn of the wheel in every frame, inside the page, so that each lands in a frame of its own; the answer counts blank rows, where frames are not marked for a trace. */
const turnWheel = async (body: Locator, { frames: count, turn }: Scrolling, mark: boolean): Promise<number> => body.evaluate(async (element, [times, pixels, marked]) => {
  const blankNow = (): number => {
    const box = element.getBoundingClientRect();
    const rows = [...element.querySelectorAll('[data-position]')].map((row) => ({ row, at: row.getBoundingClientRect() })).filter(({ at }) => at.bottom > box.top + 1 && at.top < box.bottom - 1);
    const covered = Math.max(...rows.map(({ at }) => at.bottom)) - Math.min(...rows.map(({ at }) => at.top));
    return rows.filter(({ row }) => row.getAttribute('aria-busy') === 'true').length + (covered >= box.height - 1 ? 0 : 1);
  };
  let blank = 0;
  for (let frame = 0; frame <= times; frame += 1) {
    await new Promise((go) => { requestAnimationFrame(go); });
    if (marked) performance.mark(`scrolled-frame-${frame}`); else blank += blankNow();
    if (frame < times) element.dispatchEvent(new WheelEvent('wheel', { deltaY: pixels, bubbles: true, cancelable: true }));
  }
  return blank;
}, [count, turn, mark] as const);

/** Rows without text, and places without rows, over every single frame. */
export const blankRowsWhile = (body: Locator, scrolling: Scrolling): Promise<number> => turnWheel(body, scrolling, false);

/** What one frame cost the main thread, ms of its own processor time, and, where it was asked for, what that was spent on, the most first. */
export type FrameCost = { readonly milliseconds: number; readonly parts: readonly (readonly [string, number])[] };

/** The cost that a share of the frames stays below, ms. */
export const costAt = (costs: readonly FrameCost[], share: number): number => {
  const sorted = costs.map((cost) => cost.milliseconds).toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

type TraceEvent = { readonly name: string; readonly ph: string; readonly pid: number; readonly tid: number; readonly ts: number; readonly dur?: number; readonly tdur?: number; readonly args?: { readonly name?: string } };

/**
 * Scrolls while Chromium writes its trace, and reads from it what every frame cost.
 *
 * Without `parts` only whole tasks are traced: the finer categories cost time of their own (for every layout, the whole tree is counted).
 */
export const traceFrames = async (page: Page, body: Locator, scrolling: Scrolling, parts = false): Promise<readonly FrameCost[]> => {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => { events.push(...(value as unknown as readonly TraceEvent[])); });
  const complete = new Promise((done) => { session.once('Tracing.tracingComplete', done); });
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', 'blink.user_timing', ...(parts ? ['devtools.timeline', 'v8', 'blink'] : [])], excludedCategories: ['*'] } });
  await turnWheel(body, scrolling, true);
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return costsOf(events);
};

const costsOf = (events: readonly TraceEvent[]): readonly FrameCost[] => {
  const marks = events.filter((event) => event.name.startsWith('scrolled-frame-')).toSorted((one, other) => one.ts - other.ts);
  const [first] = marks;
  const own = events.filter((event) => event.ph === 'X' && event.pid === first?.pid && event.tid === first.tid).toSorted((one, other) => one.ts - other.ts);
  const isTask = (event: TraceEvent): boolean => event.name.endsWith('RunTask');
  const tasks = own.filter(isTask);
  // A frame begins with the task that its mark stands in.
  const begins = marks.map((mark) => tasks.findLast((task) => task.ts <= mark.ts)?.ts ?? mark.ts);
  return begins.slice(0, -1).map((begin, index) => {
    const end = begins[index + 1] ?? begin;
    const inside = own.filter((event) => event.ts >= begin && event.ts < end);
    const parts = new Map<string, number>();
    for (const event of inside) if (!isTask(event)) parts.set(event.name, (parts.get(event.name) ?? 0) + (event.tdur ?? 0) / 1000);
    return { milliseconds: inside.filter(isTask).reduce((sum, task) => sum + (task.tdur ?? 0), 0) / 1000, parts: [...parts].toSorted((one, other) => other[1] - one[1]) };
  });
};
