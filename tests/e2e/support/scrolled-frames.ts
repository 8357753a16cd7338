import type { CDPSession, Locator, Page } from 'playwright-core';

const batches = 12;
const frames = 20;

export type ScrolledFrames = {
  /** Rows passed: two a frame. */
  readonly rows: number;
  /** Rows without text, over all looks: one after every batch. */
  readonly blank: number;
  /** Main-thread time a frame, ms, and the words that say it. */
  readonly median: number;
  readonly words: string;
};

/** Scrolls a table from its top, one turn of the wheel a frame, and says what a frame cost the main thread. */
export const scrollFrames = async (page: Page, body: Locator, blankRows: () => Promise<number>): Promise<ScrolledFrames> => {
  const session = await page.context().newCDPSession(page);
  // Time of the thread itself: what other programs take from the machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const costs: number[] = [];
  let blank = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    const start = await busySeconds(session);
    // Two rows of 24 px a turn, dispatched inside the page so that each lands in a frame of its own.
    await body.evaluate(async (element, count) => {
      for (let frame = 0; frame < count; frame += 1) {
        element.dispatchEvent(new WheelEvent('wheel', { deltaY: 48, bubbles: true, cancelable: true }));
        await new Promise((go) => { requestAnimationFrame(() => requestAnimationFrame(go)); });
      }
    }, frames);
    costs.push((((await busySeconds(session)) - start) * 1000) / frames);
    blank += await blankRows();
  }
  const median = costs.toSorted((a, b) => a - b)[batches / 2] ?? Number.POSITIVE_INFINITY;
  return { rows: batches * frames * 2, blank, median, words: `Main thread: ${median.toFixed(2)} ms a scrolled frame (median of ${batches} x ${frames} frames of 48 px; worst ${Math.max(...costs).toFixed(2)})` };
};

/** Seconds the page's main thread has been busy with tasks since it began: script, style, layout, paint. */
const busySeconds = async (session: CDPSession): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0;
};
