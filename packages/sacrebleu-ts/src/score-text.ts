import { fixed } from './text/half-even.ts';
import { PythonFloat, pythonJson, type PythonValue } from './text/python-json.ts';

/** What of a score is printed. */
export type Printable = { readonly name: string; readonly value: number; readonly verbose: string };

/** A bootstrap's mean and the half-width of its 95 % interval. */
export type Confidence = { readonly mean: number; readonly halfWidth: number };

export type PrintOptions = {
  /** Decimals. */
  readonly width?: number;
  /** Only the number, with its interval where there is one. */
  readonly scoreOnly?: boolean;
  readonly signature?: string;
  readonly confidence?: Confidence | null;
};

/** A score's text line, as sacreBLEU prints it. */
export const scoreText = (score: Printable, { width = 2, scoreOnly = false, signature = '', confidence = null }: PrintOptions = {}): string => {
  const number = fixed(score.value, width) + (isPrinted(confidence) ? ` (${confidenceText(confidence, width)})` : '');
  if (scoreOnly) return number;
  const title = signature === '' ? score.name : `${score.name}|${signature}`;
  return `${title} = ${number}${score.verbose === '' ? '' : ` ${score.verbose}`}`;
};

/** A score as the JSON object sacreBLEU prints: rounded numbers, then every signature field as a string. */
export const scoreJson = (score: Printable, signature: string, { width = 2, confidence = null }: Pick<PrintOptions, 'width' | 'confidence'> = {}): string => {
  const rounded = (value: number): PythonFloat => new PythonFloat(Number(fixed(value, width)));
  const fields: Record<string, PythonValue> = { name: score.name, score: rounded(score.value), signature };
  if (isPrinted(confidence)) {
    fields['confidence_mean'] = rounded(confidence.mean);
    fields['confidence_var'] = rounded(confidence.halfWidth);
    fields['confidence'] = confidenceText(confidence, width);
  }
  if (score.verbose !== '') fields['verbose_score'] = score.verbose;
  for (const field of signature.split('|')) {
    const colon = field.indexOf(':');
    fields[field.slice(0, colon)] = field.slice(colon + 1);
  }
  return pythonJson(fields, { indent: 1, ascii: false });
};

/** sacreBLEU prints an interval only around a mean above zero, so a system at 0 shows none. */
const isPrinted = (confidence: Confidence | null): confidence is Confidence => confidence !== null && confidence.mean > 0;

const confidenceText = ({ mean, halfWidth }: Confidence, width: number): string => `μ = ${fixed(mean, width)} ± ${fixed(halfWidth, width)}`;
