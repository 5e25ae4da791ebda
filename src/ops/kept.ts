/** What operators keep for their gradients, where it is no more than what they read or give. */
import type { Kept } from "./define.js";

/** The values that it reads. */
export const keepsInputs = (): Kept => ({ inputs: true });

/** The values that it gives: of them the gradient can be told. */
export const keepsOutput = (): Kept => ({ output: true });
