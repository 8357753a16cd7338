import { badModel } from './model.ts';

/**
 * sentencepiece's precompiled map of characters: a double-array trie of byte strings, then the texts they become, each ended by a NUL.
 *
 * Layout: the trie's size in bytes as a 32-bit number, its 32-bit units, the texts; all little-endian. A unit of Darts-clone (BSD, S. Yata) has
 * its label in bits 0-7 (and 31), "a value follows" in bit 8, and an offset in bits 10-30, 256 times as far where bit 9 is set.
 */
export class Charsmap {
  readonly #units: Uint32Array;
  /** The texts, one after another. */
  readonly texts: Uint8Array;
  /** Of the last match: how many bytes it replaces, and where its text stands in `texts`. */
  length = 0;
  textStart = 0;
  textEnd = 0;

  /** @throws SacrebleuError `bad-model` */
  constructor(blob: Uint8Array) {
    const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
    const size = blob.length > 4 ? view.getUint32(0, true) : Number.NaN;
    if (!(size <= blob.length - 4) || size % 4 !== 0) throw badModel('The map of characters in the model is damaged.');
    this.#units = Uint32Array.from({ length: size / 4 }, (_, index) => view.getUint32(4 + 4 * index, true));
    this.texts = blob.subarray(4 + size);
  }

  /** Finds the longest string of the map that `bytes` continues with at `start`; false where there is none. */
  match(bytes: Uint8Array, start: number): boolean {
    const units = this.#units;
    let position = offsetOf(units[0] ?? 0);
    let found = -1;
    for (let at = start; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      position ^= byte;
      const unit = units[position] ?? 0;
      if ((unit & 0x8000_00ff) !== byte) break;
      position ^= offsetOf(unit);
      if ((unit & 0x100) === 0) continue;
      found = (units[position] ?? 0) & 0x7fff_ffff;
      this.length = at + 1 - start;
    }
    if (found === -1) return false;
    const end = this.texts.indexOf(0, found);
    this.textStart = Math.min(found, this.texts.length);
    this.textEnd = end === -1 ? this.texts.length : end;
    return true;
  }
}

const offsetOf = (unit: number): number => (unit >>> 10) << ((unit & 0x200) >>> 6);
