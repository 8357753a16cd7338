/** A pause longer than this is no judging. */
const pauseSeconds = 300;
/** Fewer gaps than this say nothing about an hour. */
const fewestGaps = 10;

/**
 * Judgements an hour while judging, from the seconds at which an annotator judged, ascending; null: too few.
 *
 * What was judged within the same second counts once: a bulk decision is no work of hours.
 */
export const judgementsPerHour = (seconds: ArrayLike<number>): number | null => {
  let gaps = 0;
  let spent = 0;
  for (let at = 1; at < seconds.length; at += 1) {
    const gap = (seconds[at] ?? 0) - (seconds[at - 1] ?? 0);
    if (gap <= 0 || gap > pauseSeconds) continue;
    gaps += 1;
    spent += gap;
  }
  return gaps < fewestGaps ? null : (gaps * 3_600) / spent;
};
