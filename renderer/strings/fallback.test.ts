import { expect, test, vi } from 'vitest';
import { speak, t } from './catalogue.ts';

vi.mock('./de.ts', () => ({ de: { yes: 'Ja' } }));

test('what a translation lacks is said in English, with the plural of English, and never as a key', async () => {
  await speak('de');
  expect(t('yes')).toBe('Ja');
  expect([t('no'), t('start.pairs', { count: 1 }), t('start.pairs', { count: 2 })]).toEqual(['No', '1 pair', '2 pairs']);
});
