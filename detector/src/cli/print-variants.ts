import type { MetresRate } from "../evaluation/metres-score.ts";
import type { VariantReport } from "../evaluation/variants.ts";
import type { VariantRate } from "../evaluation/variants-score.ts";
import { printTable } from "./print-table.ts";

/** What recall and precision of every violation should reach. */
const good = 0.95;

const head = ["", "true", "flags", "hits", "precision", "recall", "mean error (s)", "max error (s)", "doubles"];
const row = (rate: VariantRate): string[] => [
  rate.name,
  String(rate.truths),
  String(rate.flags),
  String(rate.hits),
  rate.precision.toFixed(3),
  rate.recall.toFixed(3),
  rate.errorSMean.toFixed(2),
  rate.errorSMax.toFixed(1),
  String(rate.doubles),
];

function metresLine({ acts, measured, biasM, rmsM, maxM, within }: MetresRate): string {
  if (measured === 0) return `metres beyond the door line: measured of 0 of ${acts} acts`;
  const off = `${biasM.toFixed(2)} m on average, ${rmsM.toFixed(2)} m (root of mean square), ${maxM.toFixed(2)} m at most`;
  return `metres beyond the door line: measured of ${measured} of ${acts} acts, the others refused; off by ${off}; within the stated error ${within}`;
}

/** Prints figures per violation and per weather; true when every violation is good enough. */
export function printVariants({ violations, conditions, all, metres }: VariantReport, reportFolder: string): boolean {
  const isGood = violations.every(({ precision, recall }) => precision >= good && recall >= good);
  printTable([head, ...violations.map(row), row(all)]);
  console.log();
  printTable([head, ...conditions.map(row)]);
  console.log(`\n${metresLine(metres)}`);
  console.log(`\nreport and the worst ten: ${reportFolder}`);
  console.log(isGood ? `every violation reaches ${good}` : `not every violation reaches ${good}`);
  return isGood;
}
