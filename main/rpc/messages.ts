import type { FailureData } from '../contract/errors.ts';

/** What goes from the client to the server of a link. Ids are per link. */
export type Request =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'credit'; readonly id: number; readonly items: number }
  | { readonly type: 'subscribe'; readonly name: string }
  | { readonly type: 'unsubscribe'; readonly name: string };

/** What comes back. */
export type Reply =
  | { readonly type: 'value'; readonly id: number; readonly value: unknown }
  | { readonly type: 'item'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: FailureData }
  | { readonly type: 'event'; readonly name: string; readonly payload: unknown };

/** Items a stream may be ahead of its reader. */
export const initialCredit = 32;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads a request from a stranger's value; undefined for anything that is none. */
export const asRequest = (value: unknown): Request | undefined => {
  if (!isRecord(value)) return undefined;
  const { type, id, name, items } = value;
  if (type === 'call' && typeof id === 'number' && typeof name === 'string') return { type, id, name, input: value['input'] };
  if (type === 'cancel' && typeof id === 'number') return { type, id };
  if (type === 'credit' && typeof id === 'number' && typeof items === 'number' && items > 0) return { type, id, items };
  if ((type === 'subscribe' || type === 'unsubscribe') && typeof name === 'string') return { type, name };
  return undefined;
};

/** Reads a reply; the server is ours, so only the shape that routing needs is looked at. */
export const asReply = (value: unknown): Reply | undefined => {
  if (!isRecord(value) || typeof value['type'] !== 'string') return undefined;
  return ['value', 'item', 'error', 'event'].includes(value['type']) ? (value as Reply) : undefined;
};
