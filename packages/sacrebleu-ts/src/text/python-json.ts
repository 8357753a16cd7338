/** A number that Python would hold as a float: written `57.0`, where a plain 57 is an integer. */
export class PythonFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** What `json.dumps` can be given here. Plain numbers are integers; floats are marked. */
export type PythonValue = string | number | boolean | null | PythonFloat | readonly PythonValue[] | { readonly [key: string]: PythonValue };

/** Python's `repr` of a float: shortest digits that read back, an exponent below 1e-4 and from 1e16 on. */
export const floatRepr = (value: number): string => {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 16) return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  const digits = mantissa.replace(/[-.]/g, '');
  const sign = value < 0 ? '-' : '';
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0');
  return `${sign}${whole}.${digits.slice(power + 1) || '0'}`;
};

/**
 * Python's `json.dumps(value, indent=indent, ensure_ascii=ascii)`.
 *
 * `indent` is a count of spaces, or null for one line. Non-ASCII text is kept unless `ascii` is set. NaN and infinities come out as Python
 * writes them, which is not JSON.
 */
export const pythonJson = (value: PythonValue, options: { readonly indent: number | null; readonly ascii: boolean }): string => {
  const quote = (text: string): string => quoted(text, options.ascii);
  const { indent } = options;
  const block = (open: string, items: readonly string[], close: string, depth: number): string => {
    if (items.length === 0) return open + close;
    if (indent === null) return open + items.join(', ') + close;
    const outer = `\n${' '.repeat(indent * depth)}`;
    const inner = outer + ' '.repeat(indent);
    return open + inner + items.join(`,${inner}`) + outer + close;
  };
  const write = (item: PythonValue, depth: number): string => {
    if (item === null) return 'null';
    if (typeof item === 'string') return quote(item);
    if (typeof item === 'number' || typeof item === 'boolean') return String(item);
    if (item instanceof PythonFloat) return jsonFloat(item.value);
    if (isList(item)) return block('[', item.map((inner) => write(inner, depth + 1)), ']', depth);
    const entries = Object.entries(item).map(([key, inner]) => `${quote(key)}: ${write(inner, depth + 1)}`);
    return block('{', entries, '}', depth);
  };
  return write(value, 0);
};

const isList = (value: PythonValue): value is readonly PythonValue[] => Array.isArray(value);

const jsonFloat = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return floatRepr(value);
};

const shortEscapes: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' };

const quoted = (text: string, ascii: boolean): string => {
  const escaped = text.replace(ascii ? /["\\]|[^ -~]/g : /["\\\u0000-\u001f]/g, (unit) => shortEscapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `"${escaped}"`;
};
