/**
 * Makes a Node child process look like a utility process of Electron to what runs in it: `process.parentPort`, and ports, which travel as numbers over the child's own
 * pipe (`tests/real-utility-process.ts` is the other end). Loaded before the entry with `--import`.
 */
import { EventEmitter } from 'node:events';

class Port extends EventEmitter {
  #id;
  #waiting = [];
  #started = false;
  constructor(id) { super(); this.#id = id; }
  postMessage(data) { process.send({ port: this.#id, data }); }
  start() { this.#started = true; for (const data of this.#waiting.splice(0)) this.emit('message', { data }); }
  close() { process.send({ closed: this.#id }); }
  receive(data) { if (this.#started) this.emit('message', { data }); else this.#waiting.push(data); }
}

const ports = new Map();
const parent = new EventEmitter();
let early = [];
parent.postMessage = (data) => process.send({ data });
parent.on('newListener', (name) => {
  if (name !== 'message') return;
  const waiting = early;
  early = undefined;
  setImmediate(() => { for (const event of waiting ?? []) parent.emit('message', event); });
});

process.on('message', (message) => {
  if ('closed' in message) ports.get(message.closed)?.emit('close');
  else if ('port' in message) ports.get(message.port)?.receive(message.data);
  else {
    const event = { data: message.data, ports: message.ports.map((id) => { const port = new Port(id); ports.set(id, port); return port; }) };
    if (early === undefined) parent.emit('message', event);
    else early.push(event);
  }
});
process.on('disconnect', () => process.exit(0));
process.parentPort = parent;
