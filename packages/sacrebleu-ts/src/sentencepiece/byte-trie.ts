import { badModel } from './model.ts';

/** Slots a trie may have: a slot and a byte must fit a 32-bit integer. */
const mostSlots = 2 ** 23;
const empty = -1;

/**
 * Byte strings with a number each, walked byte by byte.
 *
 * A node is its slot in one open-addressing table, and its key is the parent's slot and the byte: a vocabulary of 250,000 pieces needs two
 * integer arrays and no objects.
 */
export class ByteTrie {
  /** Where every walk begins. */
  static readonly root = 0;

  readonly #keys: Int32Array;
  readonly #values: Int32Array;
  readonly #mask: number;

  /** @throws SacrebleuError `bad-model` when the strings are too long together */
  constructor(entries: Iterable<readonly [bytes: Uint8Array, value: number]>) {
    const list = [...entries];
    const total = list.reduce((sum, [bytes]) => sum + bytes.length, 1);
    const slots = 2 ** Math.ceil(Math.log2(total * 1.25 + 1));
    if (slots > mostSlots) throw badModel(`The pieces of the model are too long: ${total} bytes together.`);
    this.#mask = slots - 1;
    this.#keys = new Int32Array(slots).fill(empty);
    this.#values = new Int32Array(slots).fill(empty);
    this.#keys[ByteTrie.root] = 0;
    for (const [bytes, value] of list) this.#add(bytes, value);
  }

  /** The node that `byte` leads to from `node`; -1 where none does. */
  child(node: number, byte: number): number {
    const key = (node << 8) | byte;
    let slot = this.#firstSlot(key);
    for (;;) {
      const found = this.#keys[slot] ?? empty;
      if (found === key && slot !== ByteTrie.root) return slot;
      if (found === empty) return -1;
      slot = (slot + 1) & this.#mask;
    }
  }

  /** The number of the string that ends at a node; -1 where none does. */
  value(node: number): number {
    return this.#values[node] ?? empty;
  }

  /** The number of the string `bytes[start..end)`, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    let node: number = ByteTrie.root;
    for (let at = start; at < end && node !== -1; at += 1) node = this.child(node, bytes[at] ?? 0);
    return node === -1 ? -1 : this.value(node);
  }

  /** How long the longest of the strings is that `bytes` continues with at `start`; 0 for none. */
  longest(bytes: Uint8Array, start: number): number {
    let longest = 0;
    let node: number = ByteTrie.root;
    for (let at = start; at < bytes.length; at += 1) {
      node = this.child(node, bytes[at] ?? 0);
      if (node === -1) return longest;
      if (this.value(node) !== -1) longest = at + 1 - start;
    }
    return longest;
  }

  #add(bytes: Uint8Array, value: number): void {
    let node: number = ByteTrie.root;
    for (const byte of bytes) {
      const known = this.child(node, byte);
      node = known === -1 ? this.#addChild(node, byte) : known;
    }
    this.#values[node] = value;
  }

  #addChild(node: number, byte: number): number {
    const key = (node << 8) | byte;
    let slot = this.#firstSlot(key);
    while (this.#keys[slot] !== empty) slot = (slot + 1) & this.#mask;
    this.#keys[slot] = key;
    return slot;
  }

  #firstSlot(key: number): number {
    const mixed = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d);
    return (mixed ^ (mixed >>> 13)) & this.#mask;
  }
}
