/** Which of several choices no other one beats. */

/** A figure, and whether more or less of it is better. */
export interface Goal<F extends string> {
  readonly figure: F;
  readonly wants: "more" | "less";
}

/**
 * For each choice whether it is on the Pareto front: none other is at least as good in every goal and better in one. Of choices
 * with the same figures all are on it, or none.
 */
export function paretoFront<F extends string>(
  choices: readonly Readonly<Record<F, bigint>>[],
  goals: readonly Goal<F>[],
): boolean[] {
  const isAsGood = (a: bigint, b: bigint, wants: Goal<F>["wants"]) => (wants === "more" ? a >= b : a <= b);
  const beats = (a: Readonly<Record<F, bigint>>, b: Readonly<Record<F, bigint>>) =>
    goals.every(({ figure, wants }) => isAsGood(a[figure], b[figure], wants)) &&
    goals.some(({ figure }) => a[figure] !== b[figure]);
  return choices.map((choice) => !choices.some((other) => beats(other, choice)));
}
