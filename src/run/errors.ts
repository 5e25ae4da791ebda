/** Failures of running a model that the user can mend: told as a sentence, never as a stack trace. */

export class RunError extends Error {
  override readonly name = "RunError";
}

/** A training whose loss is no number any more: neither wrong use nor a fault of the compiler. */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError";
}

/** Loads an optional package, or says which one to install. */
export async function optional<T>(packageName: string, purpose: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") throw error;
    throw new RunError(`${purpose} needs the package ${packageName}: npm install ${packageName}`);
  }
}
