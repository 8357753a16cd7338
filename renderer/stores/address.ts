import { createStore, type StoreApi } from 'zustand/vanilla';

export const roomNames = ['start', 'corpora', 'align', 'mine', 'clean', 'review', 'label', 'translate', 'score', 'models'] as const;
export type RoomName = (typeof roomNames)[number];

/** What is open: a room, and what it has open inside (`#/mine/12`). */
export type Address = { readonly room: RoomName; readonly path: readonly string[] };

/** Reads the hash. Undefined for an empty or unknown one: the page then decides by whether a project is open. */
export const parseAddress = (hash: string): Address | undefined => {
  const [first, ...path] = hash.replace(/^#?\/?/u, '').split('/').filter((part) => part !== '').map(decode);
  const room = roomNames.find((name) => name === first);
  return room === undefined ? undefined : { room, path };
};

export const formatAddress = ({ room, path }: Address): string => `#/${[room, ...path].map(encodeURIComponent).join('/')}`;

const decode = (part: string): string => {
  try { return decodeURIComponent(part); } catch { return part; }
};

export type AddressSlice = { readonly address: Address | undefined; go(address: Address): void };

/** The part of a window that addresses need. */
export type AddressBar = { readonly location: { hash: string }; addEventListener(name: 'hashchange', listener: () => void): void };

export const createAddressSlice = (bar: AddressBar): StoreApi<AddressSlice> => {
  const store = createStore<AddressSlice>()((set) => ({
    address: parseAddress(bar.location.hash),
    go: (address) => {
      bar.location.hash = formatAddress(address);
      set({ address });
    },
  }));
  bar.addEventListener('hashchange', () => store.setState({ address: parseAddress(bar.location.hash) }));
  return store;
};
