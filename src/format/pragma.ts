/** `# @format` on the first lines of a file, by which Prettier's options choose files. */

/** Comments and blank lines at the start of a text, up to one that says so. */
const pragma = (names: string) =>
  new RegExp(`^\\ufeff?(?:\\s*#[^\\n]*\\n)*?\\s*#+[^\\S\\n]*@(?:${names})[^\\S\\n]*(?:\\n|$)`);

const WANTED = pragma("format|prettier");
const UNWANTED = pragma("noformat|noprettier");

/** What `insertPragma` puts before a text. */
export const PRAGMA = "# @format\n\n";

/** Whether a file says that it is formatted: Prettier's `requirePragma` formats those alone. */
export const hasPragma = (text: string): boolean => WANTED.test(text);

/** Whether a file says that it is not: Prettier's `checkIgnorePragma` leaves those alone. */
export const hasIgnorePragma = (text: string): boolean => UNWANTED.test(text);

/** The text with the comment that says that it is formatted. */
export const insertPragma = (text: string): string => PRAGMA + text.replace(/^\n+/, "");
