import { setImmediate as nextTurn } from "node:timers/promises";
import { noFixReasons } from "@mingcha/models/field";
import type { PatrolRun } from "@mingcha/models/http";
import { findViolation } from "@mingcha/models/violations";
import type { Deps } from "../deps.ts";
import { aboutAt } from "./about-at.ts";
import { type createTracks, placePictures } from "./place-clip-looks.ts";

/** Flags that are listed; how many there are is said. */
const flagsMax = 200;

/** What was flagged on a run, in time order, each about at where its whole view was taken, or why that is not known. */
export async function viewRunFlags(
  deps: Pick<Deps, "db" | "mapBase">,
  clipIds: readonly string[],
  trackOf: ReturnType<typeof createTracks>,
): Promise<{ items: PatrolRun["flags"]; total: number }> {
  const where = { evidence: { some: { clipId: { in: [...clipIds] } } } };
  const [total, flags] = await Promise.all([
    deps.db.flag.count({ where }),
    deps.db.flag.findMany({
      where,
      include: { evidence: { orderBy: { capturedAt: "asc" } }, clue: { select: { id: true } } },
      orderBy: [{ from: "asc" }, { id: "asc" }],
      take: flagsMax,
    }),
  ]);
  const items: PatrolRun["flags"] = [];
  for (const flag of flags) {
    const [first] = await placePictures(deps.db, flag.evidence, trackOf);
    const look = first?.look ?? null;
    items.push({
      clueId: flag.clue?.id ?? null,
      violation: findViolation(flag.violation)?.title ?? { zh: flag.violation, en: flag.violation },
      at: flag.from.toISOString(),
      place: flag.place,
      about: look?.kind === "placed" ? await aboutAt(deps, look) : null,
      why: look?.kind === "no_fix" ? noFixReasons[look.because] : null,
    });
    await nextTurn();
  }
  return { items, total };
}
