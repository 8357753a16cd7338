/** UTF-16 code units in an array that is kept and grown, so that reading a segment allocates nothing. */
export class UnitBuffer {
  units = new Uint16Array(4096);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** Makes room for so many more units; `units` may be another array afterwards. */
  reserve(more: number): void {
    if (this.length + more <= this.units.length) return;
    const grown = new Uint16Array(Math.max(this.length + more, 2 * this.units.length));
    grown.set(this.units.subarray(0, this.length));
    this.units = grown;
  }

  append(text: string): void {
    this.reserve(text.length);
    const { units, length } = this;
    for (let at = 0; at < text.length; at += 1) units[length + at] = text.charCodeAt(at);
    this.length = length + text.length;
  }

  toString(): string {
    const parts: string[] = [];
    for (let at = 0; at < this.length; at += chunk) parts.push(String.fromCharCode(...this.units.subarray(at, Math.min(at + chunk, this.length))));
    return parts.join('');
  }
}

/** Few enough to be arguments of one call. */
const chunk = 8192;
