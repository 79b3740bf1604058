import type { Compared } from "../evaluation/baseline.ts";
import { printTable } from "./print-table.ts";

const number = (value: number | null): string => (value === null || Number.isNaN(value) ? "–" : value.toFixed(3));

/** Prints every figure beside the baseline's; true when none is worse. */
export function printBaseline(compared: readonly Compared[]): boolean {
  printTable([
    ["", "baseline", "now", "noise", ""],
    ...compared.map(({ name, before, value, noise, change }) => [
      name,
      number(before),
      number(value),
      number(noise),
      change === "same" ? "" : change,
    ]),
  ]);
  const worse = compared.filter(({ change }) => change === "worse").length;
  console.log(worse === 0 ? "\nnothing is worse than the baseline" : `\n${worse} figures are worse than the baseline`);
  return worse === 0;
}
