/** The package ships no types. https://github.com/wikimedia/sentencex */
declare module 'sentencex' {
  /** The sentences of a text, each with the white space behind it. Unknown languages fall back to English rules. */
  export const segment: (language: string, text: string) => readonly string[];
}
