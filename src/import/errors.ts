/** What is wrong with a file that is read: told as a sentence, never as a stack trace. */
export class ImportError extends Error {
  override readonly name = "ImportError";
}
