import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { decodeLook, type Look, parseScene, type Scene, storedLookSchema } from "@mingcha/models/scene";
import { evaluateScene, watchedPlaces } from "@mingcha/models/violations";
import { machine } from "./claim-clip.ts";
import type { DetectorDeps } from "./deps.ts";
import { saveFlags } from "./save-flags.ts";

/** Looks farther apart than this belong to different sessions: what happened between is unknown, an act does not span it. */
const sessionGapMs = 10 * 60_000;
/** A session is read back at most this far, unless an act that began earlier is still going on. */
const sessionMaxMs = 2 * 3_600_000;

export interface SceneRow {
  readonly id: string;
  readonly scene: Scene;
}

/** The scene version in force at a capture time, or null for a source without one. */
export async function findScene(db: DatabaseOrTransaction, sourceId: string, at: Date): Promise<SceneRow | null> {
  const row = await db.scene.findFirst({
    where: { sourceId, validFrom: { lte: at } },
    orderBy: [{ validFrom: "desc" }, { version: "desc" }],
  });
  if (row === null) return null;
  const parsed = parseScene(row.document);
  if (parsed.kind === "bad") throw new Error(`scene ${row.id}: ${parsed.text.en}`);
  return { id: row.id, scene: parsed.scene };
}

/**
 * Evaluates the rules of a source over the whole session of stored looks that touches `span`, and writes occupancy and flags.
 * Only stored looks count, in time order, so clips may come in any order and twice: the result is the same.
 * Runs inside the transaction that stores the looks; one evaluation per source at a time.
 * @returns ids of flags that were opened or changed.
 */
export async function evaluateSource(
  tx: DatabaseOrTransaction,
  deps: Pick<DetectorDeps, "model">,
  sourceId: string,
  row: SceneRow,
  span: { from: Date; to: Date },
): Promise<string[]> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`source:${sourceId}`}, 0))`;
  const session = await readSession(tx, sourceId, span);
  const { id: sceneId, scene } = row;
  const places = watchedPlaces(scene);
  const reports = evaluateScene(scene, session.looks);
  const changed: string[] = [];
  for (const [index, report] of reports.entries()) {
    const place = places[index];
    if (place === undefined) continue;
    const { ruleKey } = place;
    await tx.occupancy.deleteMany({ where: { sourceId, ruleKey, from: { gte: session.from, lte: session.to } } });
    await tx.occupancy.createMany({
      data: report.timeline.map(
        (interval): Prisma.OccupancyCreateManyInput => ({
          sourceId,
          sceneId,
          ruleKey,
          violation: report.violation,
          zoneId: report.zone,
          state: interval.state,
          from: new Date(interval.fromMs),
          to: new Date(interval.toMs),
        }),
      ),
      skipDuplicates: true,
    });
    changed.push(
      ...(await saveFlags(tx, {
        sourceId,
        sceneId,
        ruleKey,
        scene,
        model: deps.model,
        session,
        report,
        actor: machine,
      })),
    );
  }
  return changed;
}

export interface Session {
  readonly from: Date;
  readonly to: Date;
  readonly looks: readonly Look[];
}

/** All looks of a source around a span that hang together without a long gap, read outwards from the span in both directions. */
async function readSession(
  tx: DatabaseOrTransaction,
  sourceId: string,
  span: { from: Date; to: Date },
): Promise<Session> {
  const open = await tx.flag.findFirst({
    where: { sourceId, ended: false, to: { gte: new Date(span.from.getTime() - sessionGapMs) } },
    orderBy: { from: "asc" },
    select: { from: true },
  });
  const reach = Math.min(
    span.from.getTime() - sessionMaxMs,
    open === null ? Number.POSITIVE_INFINITY : open.from.getTime() - 60_000,
  );
  const rows = await tx.look.findMany({
    where: { sourceId, capturedAt: { gte: new Date(reach), lte: new Date(span.to.getTime() + sessionMaxMs) } },
    orderBy: [{ capturedAt: "asc" }, { offsetMs: "asc" }],
    select: { capturedAt: true, detections: true },
  });
  const times = rows.map((look) => look.capturedAt.getTime());
  let first = times.findIndex((at) => at >= span.from.getTime());
  let last = times.findLastIndex((at) => at <= span.to.getTime());
  while (first > 0 && (times[first] ?? 0) - (times[first - 1] ?? 0) <= sessionGapMs) first -= 1;
  while (last >= 0 && last < times.length - 1 && (times[last + 1] ?? 0) - (times[last] ?? 0) <= sessionGapMs) last += 1;
  const looks = rows
    .slice(Math.max(0, first), last + 1)
    .map((look) => decodeLook(storedLookSchema.parse(look.detections)));
  return {
    from: new Date(times[Math.max(0, first)] ?? span.from.getTime()),
    to: new Date(times[last] ?? span.to.getTime()),
    looks,
  };
}
