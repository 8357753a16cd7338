import * as v from 'valibot';
import { nothing, query } from './method.ts';

/** What the program is made of, and under which terms. */

/** `program`, `runtime`, `library`, `font`, `model`, `data`; a newer bundle may name others. */
export const licenceEntry = v.object({
  kind: v.string(), name: v.string(), version: v.nullable(v.string()),
  /** An SPDX expression, or the name of a vendor's own terms. */
  licence: v.string(),
  by: v.nullable(v.string()), address: v.nullable(v.string()),
  /** A sentence for people. */
  note: v.nullable(v.string()),
  /** What `about.licenceTexts` is asked by. */
  texts: v.array(v.string()),
});
export type LicenceEntry = v.InferOutput<typeof licenceEntry>;

export const aboutContract = {
  /** null: this copy has no licence bundle; it is made when the page is built or the program is packaged. */
  'about.licences': query(nothing, v.object({ entries: v.nullable(v.array(licenceEntry)), /** Where it was looked for. */ file: v.string() })),
  'about.licenceTexts': query(v.strictObject({ texts: v.pipe(v.array(v.string()), v.maxLength(50)) }), v.array(v.string())),
} as const;
