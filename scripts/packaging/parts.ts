/** What the licence bundle and the bill of materials are made of. */

/** In the order in which they are shown. */
export const kinds = ['program', 'runtime', 'library', 'font', 'model', 'data'] as const;
export type Kind = (typeof kinds)[number];

/** A part of the program with its licence texts in full; in the bundle they become keys. */
export type Part = {
  readonly kind: Kind;
  readonly name: string;
  readonly version: string | null;
  /** An SPDX expression, or one of `vendorTerms`. */
  readonly licence: string;
  readonly by: string | null;
  readonly address: string | null;
  /** A sentence for people. */
  readonly note: string | null;
  readonly texts: readonly string[];
};

export type LicenceBundle = {
  readonly format: 1;
  readonly program: { readonly name: string; readonly version: string; readonly licence: string };
  readonly entries: readonly Part[];
  readonly texts: Readonly<Record<string, string>>;
};
