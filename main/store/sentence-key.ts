/** Sentences of one collection are one range of the table's key: collection * 2^32 + ordinal, exact in a double up to collection 2^21. */
export const sentenceKey = (collection: number, ordinal: number): number => collection * 0x1_0000_0000 + ordinal;

export const ordinalOf = (key: number): number => key % 0x1_0000_0000;
