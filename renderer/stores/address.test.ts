import { expect, test } from 'vitest';
import { createAddressSlice, formatAddress, parseAddress } from './address.ts';

test('an address survives being written and read', () => {
  for (const address of [{ room: 'mine', path: ['12'] }, { room: 'models', path: ['a folder/with ünïcode'] }, { room: 'corpora', path: [] }] as const) {
    expect(parseAddress(formatAddress(address))).toEqual(address);
  }
});

test('an unknown room is no address', () => {
  expect(parseAddress('#/attic/3')).toBeUndefined();
  expect(parseAddress('')).toBeUndefined();
});

test('a broken escape is kept as it stands', () => expect(parseAddress('#/models/%zz')).toEqual({ room: 'models', path: ['%zz'] }));

test('going somewhere writes the hash, and a changed hash is followed', () => {
  const listeners: (() => void)[] = [];
  const bar = { location: { hash: '#/mine/3' }, addEventListener: (_name: 'hashchange', listener: () => void) => { listeners.push(listener); } };
  const slice = createAddressSlice(bar);
  expect(slice.getState().address).toEqual({ room: 'mine', path: ['3'] });
  slice.getState().go({ room: 'corpora', path: ['7'] });
  expect(bar.location.hash).toBe('#/corpora/7');
  bar.location.hash = '#/models';
  for (const listener of listeners) listener();
  expect(slice.getState().address).toEqual({ room: 'models', path: [] });
});
