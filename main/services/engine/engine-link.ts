import { engineContract } from '../../contract/engine.ts';
import { Failure } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';
import type { ProcessHost, SpawnedProcess } from '../../contract/host.ts';
import type { HostFacts } from '../../contract/project.ts';
import { connect, type Client } from '../../rpc/client.ts';

export type EngineClient = Client<typeof engineContract>;

export type EngineLink = {
  /** The engine, started when it is first needed. */
  client(): Promise<EngineClient>;
  /** Does `work` with the engine; when the engine dies on the way, starts it again and calls `work` again: it goes on from its files. */
  withRetries<T>(work: (client: EngineClient) => Promise<T>, note: (text: string) => void, signal: AbortSignal): Promise<T>;
  state(): HostFacts['engine'];
  /** Lines of the engine's standard error. */
  onErrorLine(listener: (line: string) => void): () => void;
  close(): void;
};

export type EngineLinkInput = {
  readonly host: ProcessHost;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Told when the engine was lost, with the reason. */
  readonly onLost: (reason: string) => void;
  /** Told when it runs again after a loss. */
  readonly onBack?: () => void;
  /** What the engine's environment says besides: asked at each start. */
  readonly environment?: () => Readonly<Record<string, string>>;
};

/** Milliseconds to wait before each start in a row; after the last, a job fails. */
const pauses = [0, 500, 2000, 5000];

/** Keeps one engine process: starts it on demand, restarts it with growing pauses after a crash, and says why it went. */
export const createEngineLink = ({ host, wait, onLost, onBack, environment = () => ({}) }: EngineLinkInput): EngineLink => {
  let current: { readonly process: SpawnedProcess; readonly client: EngineClient } | undefined;
  let starting: Promise<EngineClient> | undefined;
  let losses = 0;
  let lastReason: string | null = null;
  let closed = false;
  let residentBytes = 0;
  const errorListeners = new Set<(line: string) => void>();

  const start = async (): Promise<EngineClient> => {
    const pause = pauses[Math.min(losses, pauses.length - 1)] ?? 0;
    if (pause > 0) await wait(pause);
    if (closed) throw new Failure('engine-lost', 'The engine was closed.');
    const spawned = host.spawn('engine', { env: environment() });
    const client = connect(spawned.channel, engineContract);
    current = { process: spawned, client };
    spawned.onErrorLine((line) => { for (const listener of errorListeners) listener(line); });
    // The channel closes a moment before the exit is told; whichever comes first ends this engine, the exit brings the better reason.
    const lost = (): boolean => {
      if (current?.process !== spawned) return false;
      current = undefined;
      if (!closed) losses += 1;
      return !closed;
    };
    client.onClose(lost);
    spawned.onExit((reason) => {
      lost();
      lastReason = reason;
      if (!closed) onLost(reason);
    });
    const facts = await client.call('engine.facts', {});
    residentBytes = facts.residentBytes;
    if (losses > 0) onBack?.();
    return client;
  };

  const client = (): Promise<EngineClient> => {
    if (current !== undefined && starting === undefined) return Promise.resolve(current.client);
    starting ??= start().catch((thrown: unknown) => { throw engineLost(thrown, lastReason); }).finally(() => { starting = undefined; });
    return starting;
  };

  return {
    client,
    withRetries: async (work, note, signal) => {
      for (let attempt = 1; ; attempt += 1) {
        const engine = await client();
        try {
          const result = await work(engine);
          losses = 0;
          return result;
        } catch (thrown) {
          if (signal.aborted || !isLost(thrown)) throw thrown;
          await wait(100);
          if (attempt >= pauses.length) throw engineLost(thrown, lastReason);
          note(`The engine stopped (${lastReason ?? 'no reason given'}). Starting it again; the job goes on from its last checkpoint.`);
        }
      }
    },
    state: () => ({ state: closed ? 'stopped' : current !== undefined ? 'ready' : losses > 0 ? 'restarting' : 'starting', residentBytes, note: lastReason }),
    onErrorLine: (listener) => { errorListeners.add(listener); return () => { errorListeners.delete(listener); }; },
    close: () => { closed = true; current?.client.close(); current?.process.kill(); current = undefined; },
  };
};

const isLost = (thrown: unknown): boolean => thrown instanceof Failure && (thrown.data.code === 'link-lost' || thrown.data.code === 'engine-lost');

const engineLost = (thrown: unknown, reason: string | null): unknown => (isLost(thrown)
  ? reason === null ? knownFailure('engine-stopped') : knownFailure('engine-stopped-because', { reason })
  : thrown);
