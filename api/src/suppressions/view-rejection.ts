import type { RejectedFlagView, SuppressionOffer } from "@mingcha/models/http";
import { suppressedBoxSchema } from "@mingcha/models/suppression";
import { findViolation } from "@mingcha/models/violations";
import type { Rejection } from "./find-rejections.ts";

interface FlaggedPlace {
  readonly sourceId: string;
  readonly ruleKey: string;
  readonly zoneId: string;
  readonly violation: string;
  readonly place: string;
  readonly boxNorm: unknown;
  readonly source: { readonly name: string; readonly kind: string; readonly timezone: string };
}

/** Where a look is: source, rule, zone, place and box. */
export function viewPlace(
  flag: FlaggedPlace,
): Omit<SuppressionOffer, "key" | "flags" | "proposedUntil" | "latestUntil" | "barred"> {
  return {
    sourceId: flag.sourceId,
    sourceName: flag.source.name,
    sourceKind: flag.source.kind,
    timezone: flag.source.timezone,
    place: flag.place,
    violation: flag.violation,
    violationTitle: findViolation(flag.violation)?.title ?? { zh: flag.violation, en: flag.violation },
    ruleKey: flag.ruleKey,
    zoneId: flag.zoneId,
    boxNorm: suppressedBoxSchema.parse(flag.boxNorm),
  };
}

/** One rejected flag with the picture on which its box can be drawn: a whole view, the clearest where there is one. */
export function viewRejection({ clue, personName, at }: Rejection): RejectedFlagView {
  const { flag } = clue;
  const whole = flag.evidence.filter(
    ({ kind, deletedAt }) => deletedAt === null && kind !== "close" && kind !== "clip",
  );
  const picture = whole.find((item) => item.kind === "wide") ?? whole[0];
  return {
    flagId: flag.id,
    clueId: clue.id,
    boxNorm: suppressedBoxSchema.parse(flag.boxNorm),
    pictureId: picture?.id ?? null,
    widthPx: picture?.widthPx ?? null,
    heightPx: picture?.heightPx ?? null,
    from: flag.from.toISOString(),
    to: flag.to.toISOString(),
    score: flag.score,
    state: clue.state as RejectedFlagView["state"],
    reasonCode: clue.closeReason ?? "",
    rejectedBy: personName,
    rejectedAt: at.toISOString(),
  };
}
