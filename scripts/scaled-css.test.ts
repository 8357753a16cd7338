import { expect, test } from 'vitest';
import { scaledCss } from './scaled-css.ts';

const plugin = scaledCss();
const value = (text: string, selector = '.a'): string => {
  const declaration = { value: text, parent: { type: 'rule', selector } };
  plugin.Declaration(declaration);
  return declaration.value;
};
const media = (params: string) => {
  const rule = { name: 'media', params };
  plugin.AtRule.media(rule);
  return `@${rule.name} ${rule.params}`;
};

test('lengths follow the zoom, hairlines and names do not', () => {
  expect(value('12px 24px')).toBe('0.75rem 1.5rem');
  expect(value('calc(100vh - 92px)')).toBe('calc(100vh - 5.75rem)');
  expect(value('0 0 0 1px oklch(0.3 0.01 220 / 0.13), 0 2px 6px red')).toBe('0 0 0 1px oklch(0.3 0.01 220 / 0.13), 0 2px 0.375rem red');
  expect(value('url(a-12px.svg)')).toBe('url(a-12px.svg)');
  expect(value('1.5px solid')).toBe('1.5px solid');
});

test('lengths to the other side keep their sign', () => {
  expect(value('-240px')).toBe('-15rem');
});

test('lettering in a drawing is scaled with the drawing', () => {
  expect(value('11.5px', 'svg text')).toBe('11.5px');
});

test('questions about the window are asked of the page, others stay', () => {
  expect(media('(max-width: 1199px)')).toBe('@container page (max-width: 74.9375rem)');
  expect(media('(prefers-reduced-motion: reduce)')).toBe('@media (prefers-reduced-motion: reduce)');
  expect(media('(forced-colors: active)')).toBe('@media (forced-colors: active)');
});
