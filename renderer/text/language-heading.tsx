import { languageName } from './languages.ts';

/** "German de": the name, and the tag quietly. */
export const LanguageHeading = ({ language }: { readonly language: string }) => <>{languageName(language)} <span className="dimmer" style={{ fontWeight: 400 }}>{language}</span></>;
