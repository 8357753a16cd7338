import { expect, it } from 'vitest';
import { floatRepr, PythonFloat, pythonJson } from './python-json.ts';

it.each([
  [57, '57.0'], [0, '0.0'], [-0, '-0.0'], [0.1, '0.1'], [100.00000000000004, '100.00000000000004'], [0.0001, '0.0001'], [0.00001, '1e-05'], [1.5e-7, '1.5e-07'],
  [123456789012345680, '1.2345678901234568e+17'], [1e15, '1000000000000000.0'], [1e16, '1e+16'], [1e100, '1e+100'], [-2.5, '-2.5'], [12.25, '12.25'], [5e-324, '5e-324'],
])('the float %d is written %s', (value, text) => {
  expect(floatRepr(value)).toBe(text);
  expect(Number(text)).toBe(value);
});

it('indents as Python does, integers apart from floats', () => {
  const value = { name: 'BLEU', score: new PythonFloat(57), count: 57, list: [1, [], {}], none: null, yes: true };
  expect(pythonJson(value, { indent: 1, ascii: false })).toBe('{\n "name": "BLEU",\n "score": 57.0,\n "count": 57,\n "list": [\n  1,\n  [],\n  {}\n ],\n "none": null,\n "yes": true\n}');
  expect(pythonJson(value, { indent: null, ascii: false })).toBe('{"name": "BLEU", "score": 57.0, "count": 57, "list": [1, [], {}], "none": null, "yes": true}');
});

it('escapes everything beyond ASCII only where asked', () => {
  const text = 'μ "±"\\\n\u0001\u007f😀';
  expect(pythonJson(text, { indent: 4, ascii: true })).toBe('"\\u03bc \\"\\u00b1\\"\\\\\\n\\u0001\\u007f\\ud83d\\ude00"');
  expect(pythonJson(text, { indent: 4, ascii: false })).toBe('"μ \\"±\\"\\\\\\n\\u0001\u007f😀"');
});
