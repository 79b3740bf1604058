import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { isStanding, joiningMotion, spanOf } from "@mingcha/models/clue";
import type { ClueDetail, SightingView } from "@mingcha/models/http";
import { evidenceModeOf } from "@mingcha/models/profile";
import { findViolation } from "@mingcha/models/violations";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { loadGone } from "../retention/view-gone.ts";
import { findPerhapsSame } from "./find-vehicles.ts";
import type { LoadedClue } from "./load-clue.ts";
import { viewEvidence } from "./view-evidence.ts";

const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
/** A page shows so many; a record that waited for weeks may have joined more, which are counted. */
const sightingsMax = 100;

/** Sightings that were joined to a clue, each with the times and pictures of its own source, and the span of the act over all. */
export async function viewJoined({ db, profile }: Deps, clue: LoadedClue): Promise<ClueDetail["joined"]> {
  const where = { mergedIntoId: clue.id };
  const [rows, all] = await Promise.all([
    db.clue.findMany({
      where,
      orderBy: [{ from: "asc" }, { id: "asc" }],
      take: sightingsMax,
      include: { flag: { include: { source: true, evidence: { orderBy: { capturedAt: "asc" } } } } },
    }),
    db.clue.aggregate({ where, _count: true, _min: { from: true }, _max: { to: true } }),
  ]);
  const gone = await loadGone(
    db,
    [],
    rows.flatMap(({ flag }) => flag.evidence),
  );
  const items = rows.map(({ id, flag }): SightingView => {
    const { source } = flag;
    return {
      clueId: id,
      sourceId: flag.sourceId,
      sourceName: source.name,
      sourceKind: source.kind,
      deviceId: source.deviceId,
      timezone: source.timezone,
      from: flag.from.toISOString(),
      to: flag.to.toISOString(),
      ended: flag.ended,
      dwellS: flag.dwellS,
      score: flag.score,
      evidenceMode: evidenceModeOf(profile, clue.violation, source.kind),
      boxNorm: boxSchema.parse(flag.boxNorm),
      evidence: flag.evidence.map((item) => viewEvidence(item, gone)),
    };
  });
  const first = { ...clue, fromMs: clue.from.getTime(), toMs: clue.to.getTime() };
  const span = spanOf(first, [
    { fromMs: all._min.from?.getTime() ?? first.fromMs, toMs: all._max.to?.getTime() ?? first.toMs },
    ...items.map((item) => ({ fromMs: Date.parse(item.from), toMs: Date.parse(item.to) })),
  ]);
  return {
    items,
    total: all._count,
    from: new Date(span.fromMs).toISOString(),
    to: new Date(span.toMs).toISOString(),
  };
}

/** The record a sighting was joined to, or null. */
export async function viewMergedInto(
  db: DatabaseOrTransaction,
  clue: Pick<LoadedClue, "mergedIntoId">,
): Promise<ClueDetail["mergedInto"]> {
  if (clue.mergedIntoId === null) return null;
  const main = await db.clue.findUnique({
    where: { id: clue.mergedIntoId },
    include: { flag: { include: { source: true } } },
  });
  return main === null ? null : { clueId: main.id, sourceName: main.flag.source.name, state: main.state };
}

/** Other records of a vehicle that may be this one: a person compares them and ends what is a duplicate. */
export async function viewPerhapsSame(
  db: DatabaseOrTransaction,
  clue: Pick<LoadedClue, "id" | "state" | "violation" | "place">,
): Promise<ClueDetail["perhapsSame"]> {
  if (clue.state === "MERGED" || isStanding(joiningMotion(findViolation(clue.violation)))) return [];
  const found = await findPerhapsSame(db, clue);
  return found.map(({ id, sourceName, state }) => ({ clueId: id, sourceName, state }));
}
