import type { FlagModel } from "@mingcha/infra/db";
import { boxIou } from "@mingcha/models/scene";
import type { Finding } from "@mingcha/models/violations";
import { z } from "zod";

const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);

type Known = Pick<FlagModel, "from" | "to" | "ordinal" | "boxNorm">;

const isSameFlag = (flag: Known, finding: Finding): boolean =>
  flag.from.getTime() === finding.fromMs && flag.ordinal === (finding.number ?? 1);

const likeness = (flag: Known, finding: Finding): number => boxIou(boxSchema.parse(flag.boxNorm), finding.boxNorm);

/**
 * A late clip moves the beginning of an act or its end, hardly ever both. What was followed is known by its surest box, and that may now lie
 * in the late clip, elsewhere on its way: then the end that stayed says which act it is, and of several the likest box.
 */
const endsAlike = (flag: Known, { toMs }: Finding): boolean => flag.to.getTime() === toMs;
const beginsAlike = (flag: Known, { fromMs }: Finding): boolean => flag.from.getTime() === fromMs;

/** Boxes of one thing that was followed or stood still, as it was known earlier and as it is known now. */
const sameThingIou = 0.3;

/** The times overlap; where a rule follows each thing by itself (`number`) the box must be the same thing's too. */
export function isSameAct(flag: Known, finding: Finding): boolean {
  if (flag.from.getTime() > finding.toMs || flag.to.getTime() < finding.fromMs) return false;
  return finding.number === undefined || likeness(flag, finding) >= sameThingIou;
}

/** Which known flag each finding is, surest sign first; each flag is one finding's at most. Findings that are none of them are left out. */
export function pairFlags<F extends Known>(known: readonly F[], findings: readonly Finding[]): Map<Finding, F> {
  const free = new Set(known);
  const of = new Map<Finding, F>();
  for (const match of [isSameFlag, endsAlike, beginsAlike, isSameAct])
    for (const finding of findings) {
      if (of.has(finding)) continue;
      const [same] = [...free]
        .filter((flag) => match(flag, finding))
        .sort((a, b) => likeness(b, finding) - likeness(a, finding));
      if (same === undefined) continue;
      of.set(finding, same);
      free.delete(same);
    }
  return of;
}
