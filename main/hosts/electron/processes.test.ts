import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakePort, type FakeUtilityProcess, MessageChannelMain, app, observed, reset } from '../../../tests/fakes/electron.ts';
import type { Channel, SpawnedProcess } from '../../contract/host.ts';
import { messagePortChannel } from '../../rpc/message-port.ts';
import { brokeredProcessHost, type ParentPort } from '../brokered-process-host.ts';
import type { WorkbenchFacts } from '../shell-messages.ts';
import { startWorkbenchProcess } from './processes.ts';

afterEach(reset);

/** Shell and workbench back to back: what one sends arrives at the other, as Electron would carry it. */
const together = () => {
  const heard = { ends: [] as string[], facts: [] as WorkbenchFacts[], lines: [] as string[], closes: 0 };
  const shell = startWorkbenchProcess({ DRAGOMAN_VERSION: '1.2.3' }, {
    spawned: () => undefined, facts: (facts) => heard.facts.push(facts), errorLine: (line) => heard.lines.push(line), ended: (reason, exitCode) => heard.ends.push(`${reason} ${exitCode}`),
  });
  const workbench = processAt(0);
  const parent = new EventEmitter();
  workbench.on('sent', (event: unknown) => parent.emit('message', event));
  const parentPort: ParentPort = {
    on: (_event, listener) => parent.on('message', listener),
    postMessage: (message) => workbench.emit('message', message),
  };
  const pages: Channel[] = [];
  const host = brokeredProcessHost(parentPort, { page: (page) => pages.push(page), close: () => { heard.closes += 1; } });
  return { shell, workbench, host, pages, heard, parentPort };
};

const processAt = (place: number): FakeUtilityProcess => {
  const found = observed.processes[place];
  if (found === undefined) throw new Error(`No process number ${place} was forked.`);
  return found;
};

/** What the engine process does when it starts: takes its port, and answers every message with itself. */
const playEngine = (engine: FakeUtilityProcess): { readonly received: unknown[] } => {
  const received: unknown[] = [];
  engine.on('sent', ({ ports }: { readonly ports: readonly FakePort[] }) => {
    const port = ports[0];
    if (port === undefined) return;
    port.on('message', (event: { readonly data: unknown }) => {
      received.push(event.data);
      port.postMessage({ echo: event.data });
    });
    port.start();
  });
  engine.pid = 4321;
  engine.emit('spawn');
  return { received };
};

const listenTo = (spawned: SpawnedProcess): { readonly messages: unknown[]; readonly lines: string[]; readonly ends: string[] } => {
  const heard = { messages: [] as unknown[], lines: [] as string[], ends: [] as string[] };
  spawned.channel.onMessage((message) => heard.messages.push(message));
  spawned.onErrorLine((line) => heard.lines.push(line));
  spawned.onExit((reason) => heard.ends.push(reason));
  return heard;
};

describe('an engine in a utility process', () => {
  it('gets what was sent before it ran, and answers the workbench directly', () => {
    const { host } = together();
    const spawned = host.spawn('engine', { env: { DRAGOMAN_THREADS: '2' } });
    const heard = listenTo(spawned);
    spawned.channel.send('early');
    expect(spawned.pid).toBeUndefined();
    const engine = processAt(1);
    const { received } = playEngine(engine);
    spawned.channel.send('late');
    expect(received).toEqual(['early', 'late']);
    expect(heard.messages).toEqual([{ echo: 'early' }, { echo: 'late' }]);
    expect(spawned.pid).toBe(4321);
    expect(engine.modulePath).toMatch(/engine\.js$/);
    expect(engine.options.env).toMatchObject({ DRAGOMAN_THREADS: '2' });
  });

  it('infers in its own thread only, as native modules in threads crash under Electron', () => {
    const { host } = together();
    host.spawn('engine', { env: { DRAGOMAN_INFERENCE_LANES: 'on' } });
    expect(processAt(1).options).toMatchObject({ serviceName: 'dragoman engine', env: { DRAGOMAN_INFERENCE_LANES: 'off' } });
  });

  it('is told about with its reason when it ends, once, and its channel is closed', async () => {
    const { host } = together();
    const spawned = host.spawn('engine');
    const heard = listenTo(spawned);
    const closed: string[] = [];
    spawned.channel.onClose((reason) => closed.push(reason));
    playEngine(processAt(1));
    processAt(1).emit('exit', 139);
    app.emit('child-process-gone', {}, { type: 'Utility', name: 'dragoman engine', reason: 'crashed', exitCode: 139 });
    processAt(1).emit('exit', 139);
    await expect.poll(() => heard.ends).toEqual(['it crashed, exit code 139']);
    expect(closed).toEqual(['it crashed, exit code 139']);
  });

  it('that reached the memory limit says so, whatever its exit code', async () => {
    const { host } = together();
    const heard = listenTo(host.spawn('engine'));
    processAt(1).emit('error', 'FatalError', 'Reached heap limit', '{}');
    processAt(1).emit('exit', 134);
    await expect.poll(() => heard.ends.join()).toContain('memory limit of one process');
  });

  it('hands over its standard error line by line', async () => {
    const { host } = together();
    const heard = listenTo(host.spawn('engine'));
    processAt(1).stderr.end('first line\nsecond');
    await expect.poll(() => heard.lines).toEqual(['first line', 'second']);
  });

  it('is killed on request, and two engines are kept apart', async () => {
    const { host } = together();
    const first = host.spawn('engine');
    const second = host.spawn('engine');
    const heardFirst = listenTo(first);
    const heardSecond = listenTo(second);
    second.kill();
    expect([processAt(1).killed, processAt(2).killed]).toEqual([false, true]);
    await expect.poll(() => heardSecond.ends).toEqual(['it ended by itself, exit code 0']);
    expect(heardFirst.ends).toEqual([]);
  });

  it('does not outlive its workbench', async () => {
    const { host, workbench, heard } = together();
    host.spawn('engine');
    app.emit('child-process-gone', {}, { type: 'Utility', name: 'dragoman workbench', reason: 'oom', exitCode: 9 });
    workbench.emit('exit', 9);
    await expect.poll(() => heard.ends).toEqual(['oom 9']);
    expect(processAt(1).killed).toBe(true);
    await expect.poll(() => app.listenerCount('child-process-gone')).toBe(0);
  });

  it('does not inherit settings that change how a process starts', () => {
    process.env['NODE_OPTIONS'] = '--inspect';
    try {
      together();
      expect(processAt(0).options.env).not.toHaveProperty('NODE_OPTIONS');
      expect(processAt(0).options.env).toHaveProperty('PATH');
      expect(processAt(0).options.env).toMatchObject({ DRAGOMAN_VERSION: '1.2.3' });
    } finally {
      delete process.env['NODE_OPTIONS'];
    }
  });
});

describe('a page', () => {
  it('talks to the workbench over the port that the shell hands it', () => {
    const { shell, pages } = together();
    const { port1, port2 } = new MessageChannelMain();
    shell.connectPage(port2 as unknown as Parameters<typeof shell.connectPage>[0]);
    const page = messagePortChannel(port1);
    expect(pages).toHaveLength(1);
    const heard: unknown[] = [];
    pages[0]?.onMessage((message) => heard.push(message));
    page.send({ name: 'project.status' });
    expect(heard).toEqual([{ name: 'project.status' }]);
  });
});

describe('the workbench', () => {
  it('tells what the shell has to know, and is asked to close', () => {
    const { shell, parentPort, heard } = together();
    parentPort.postMessage({ type: 'facts', project: '/a.dragoman', running: 1, progress: 0.5 });
    expect(heard.facts).toMatchObject([{ project: '/a.dragoman', running: 1, progress: 0.5 }]);
    shell.close();
    expect(heard.closes).toBe(1);
  });
});
