/** `1.23 ms`: a time with three digits. */
export function timeText(seconds: number): string {
  const units = [
    ["s", 1],
    ["ms", 1e-3],
    ["µs", 1e-6],
  ] as const;
  const [unit, size] = units.find(([, least]) => seconds >= least) ?? ["ns", 1e-9];
  return `${(seconds / size).toPrecision(3)} ${unit}`;
}
