/** What a target cannot express: told as a sentence, never as a stack trace. */
export class TargetError extends Error {
  override readonly name = "TargetError";
}
