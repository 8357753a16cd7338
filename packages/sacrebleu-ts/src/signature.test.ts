import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bleu } from './metrics/bleu.ts';
import { chrf } from './metrics/chrf.ts';
import { signature, version } from './signature.ts';

it('names the sacreBLEU release and the version of this package', () => {
  const own = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  expect(version).toBe(`2.6.0+ts.${own.version}`);
});

it('is long or short, and leaves out what there is not', () => {
  expect(signature(bleu({ smoothMethod: 'floor' }), { references: 2 })).toBe(`nrefs:2|case:mixed|eff:no|tok:13a|smooth:floor[0.10]|version:${version}`);
  expect(signature(chrf({ epsSmoothing: true, wordOrder: 2 }), { references: 'var' }, true)).toBe(`#:var|c:mixed|e:no|nc:6|nw:2|s:no|v:${version}`);
});

it('has the tests before the metric\'s fields', () => {
  const facts = { references: 1, bootstrap: 1000, approximateRandomization: 10_000, seed: 12_345 } as const;
  expect(signature(bleu(), facts)).toMatch(/^nrefs:1\|bs:1000\|ar:10000\|seed:12345\|case:/);
  expect(signature(bleu(), { references: 1, bootstrap: 5, seed: 'none' }, true)).toMatch(/^#:1\|bs:5\|rs:none\|c:/);
});
