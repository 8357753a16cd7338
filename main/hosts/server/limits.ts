/** How much one visitor may cost. Bytes and milliseconds. */
export type Limits = {
  /** Largest message a page may send; rows go the other way. */
  readonly message: number;
  /** A page that does not read is let go when so much waits for it. */
  readonly waiting: number;
  /** Largest file that may be dropped onto the page; larger ones are opened by their path. */
  readonly upload: number;
  /** Pages at once. */
  readonly pages: number;
  /** Connections at once, pages included. */
  readonly connections: number;
  /** Until the head of a request must be there, and all of it. A dropped file may come through a slow tunnel. */
  readonly head: number;
  readonly request: number;
  /** A connection on which nothing moves for so long is closed. */
  readonly idle: number;
  /** Pages are asked for a sign of life so often; who misses one is gone. */
  readonly heartbeat: number;
};

export const defaultLimits: Limits = {
  message: 4 * 1024 ** 2, waiting: 16 * 1024 ** 2, upload: 16 * 1024 ** 3, pages: 64, connections: 512, head: 10_000, request: 3_600_000, idle: 60_000, heartbeat: 30_000,
};
