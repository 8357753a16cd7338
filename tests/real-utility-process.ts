import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FakePort } from './fakes/electron.ts';

const sources: Readonly<Record<string, string>> = { 'workbench.js': '../main/hosts/electron/workbench.ts', 'engine.js': '../main/engine/main.ts' };
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** A real process in the place of a utility process: Node runs the same entry from its source, ports are carried over its pipe. What is missing of Electron is Electron. */
export class RealUtilityProcess extends EventEmitter {
  readonly entry: string;
  readonly stdout = null;
  readonly stderr: ChildProcess['stderr'];
  private readonly child: ChildProcess;
  private readonly ports = new Map<number, FakePort>();

  constructor(modulePath: string, env: Readonly<Record<string, string | undefined>>) {
    super();
    this.entry = basename(modulePath);
    this.child = fork(path(sources[this.entry] ?? ''), [], { execArgv: ['--import', path('./utility-process-entry.mjs')], serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env });
    this.stderr = this.child.stderr;
    this.child.on('spawn', () => this.emit('spawn'));
    this.child.on('message', (message: { readonly data?: unknown; readonly port?: number; readonly closed?: number }) => {
      if (message.closed !== undefined) this.ports.get(message.closed)?.close();
      else if (message.port !== undefined) this.ports.get(message.port)?.postMessage(message.data);
      else this.emit('message', message.data);
    });
    this.child.on('exit', (code, signal) => {
      for (const port of this.ports.values()) port.close();
      this.emit('exit', code ?? (signal === 'SIGKILL' ? 9 : 15));
    });
  }
  get pid(): number | undefined { return this.child.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined; }
  postMessage(data: unknown, transfer: readonly FakePort[] = []): void {
    const ids = transfer.map((port) => {
      const id = this.ports.size + 1;
      this.ports.set(id, port);
      port.on('message', (event: { readonly data: unknown }) => this.send({ port: id, data: event.data }));
      port.on('close', () => this.send({ closed: id }));
      return id;
    });
    this.send({ data, ports: ids });
    for (const port of transfer) port.start();
  }
  kill(): boolean { return this.child.kill('SIGTERM'); }
  private send(message: object): void { if (this.child.connected) this.child.send(message, () => undefined); }
}
