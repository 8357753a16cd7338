import { describe, expect, it } from 'vitest';
import { type Option, readArguments } from './arguments.ts';

const options: readonly Option[] = [
  { names: ['--input', '-i'], kind: 'texts', help: '' },
  { names: ['--metrics', '-m'], kind: 'texts', needsOne: true, choices: ['bleu', 'ter'], help: '' },
  { names: ['--width', '-w'], kind: 'integer', help: '' },
  { names: ['--value', '-sv'], kind: 'number', help: '' },
  { names: ['--tokenize', '-tok'], kind: 'text', help: '' },
  { names: ['--quiet', '-q'], kind: 'flag', help: '' },
  { names: ['--score-only', '-b'], kind: 'flag', help: '' },
];
const read = (line: string): { readonly values: object; readonly positional: readonly string[] } => {
  const { values, positional } = readArguments(line.split(' ').filter((text) => text !== ''), options);
  return { values: Object.fromEntries(values), positional };
};

describe('readArguments', () => {
  it.each([
    ['', {}, []],
    ['a b', {}, ['a', 'b']],
    ['a b -i c d -q', { '--input': ['c', 'd'], '--quiet': true }, ['a', 'b']],
    ['-q a b -w 3', { '--quiet': true, '--width': 3 }, ['a', 'b']],
    ['-w 3 a', { '--width': 3 }, ['a']],
    ['-i', { '--input': [] }, []],
    ['-i a -i b c', { '--input': ['b', 'c'] }, []],
    ['-i a -- b -q', { '--input': ['a'] }, ['b', '-q']],
    ['a -- b', {}, ['a', 'b']],
    ['--width=4 --tok=x=y', { '--width': 4, '--tokenize': 'x=y' }, []],
    ['-w4 -mter -qb', { '--width': 4, '--metrics': ['ter'], '--quiet': true, '--score-only': true }, []],
    ['--in a --sc', { '--input': ['a'], '--score-only': true }, []],
    ['-sv -0.5 -w -2', { '--value': -0.5, '--width': -2 }, []],
    ['-w 1_0 -sv 1e-3', { '--width': 10, '--value': 0.001 }, []],
    ['a -', {}, ['a', '-']],
    ['--', {}, []],
  ])('reads "%s"', (line, values, positional) => {
    expect(read(line)).toEqual({ values, positional });
  });

  it('takes a word with a space for a word, whatever it begins with', () => {
    expect(readArguments(['-not an option'], options).positional).toEqual(['-not an option']);
  });

  it.each([
    ['a -q b', 'unrecognized arguments: b'],
    ['a -i b -- c', 'unrecognized arguments: c'],
    ['--colour', 'unrecognized arguments: --colour'],
    ['-m', 'expected at least one argument'],
    ['-w', 'expected one argument'],
    ['-w -q', 'expected one argument'],
    ['-w two', "invalid integer value: 'two'"],
    ['-w 1.5', "invalid integer value: '1.5'"],
    ['-m bleu meteor', "invalid choice: 'meteor'"],
    ['-qx', "ignored explicit argument 'x'"],
    ['--quiet=yes', "ignored explicit argument 'yes'"],
  ])('refuses "%s"', (line, says) => {
    expect(() => read(line)).toThrow(says);
  });

  it('refuses a beginning that several names have', () => {
    const twins: readonly Option[] = [{ names: ['--paired-ar'], kind: 'flag', help: '' }, { names: ['--paired-bs'], kind: 'flag', help: '' }];
    expect(() => readArguments(['--paired'], twins)).toThrow('ambiguous option: --paired could match --paired-ar, --paired-bs');
  });
});
