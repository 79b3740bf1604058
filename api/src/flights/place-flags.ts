import { Prisma } from "@mingcha/infra/db";
import { type Sentence, thingPlaceMethod } from "@mingcha/models/ground";
import type { Deps } from "../deps.ts";
import { findFlaggedLook, placeFlaggedLook } from "./place-flag.ts";
import { standsOf } from "./view-stands.ts";

/** A sweep does other things too. */
const flagsAtOnce = 40;
/** After everything was looked at once, changes of this long back: a slow commit does not outlast it. */
const overlapMs = 30 * 60_000;
/** Every so often all flags are looked at: for late tracks, corrected starts and what failed. */
const allEveryMs = 10 * 60_000;

const ofNoFlight: Sentence = {
  zh: "最清楚的一帧不属于任何有飞行数据的航次",
  en: "its clearest look is in no recording of a flight with telemetry",
};

type PlacingDeps = Pick<Deps, "db" | "elevation"> & { readonly log: Pick<Deps["log"], "warn"> };
/** What places are computed with: a new method or another elevation file makes all of them anew. */
const methodOf = ({ elevation }: PlacingDeps): string =>
  [thingPlaceMethod, ...(elevation === null ? [] : [elevation.version])].join(" ");

/**
 * What of its recording `k` the place of a flag `f` follows from; samples are replaced with their format and checks alone. Of a flag without one,
 * how many flights its source has: a late track makes another.
 */
const trackOf = Prisma.sql`case when k.id is null then (select 'flights ' || count(*) from flight where source_id = f.source_id)
  else md5(concat_ws('|', k.flight_id, k.telemetry_format, k.telemetry_checks, k.started_at, k.start_uncertainty_ms)) end`;

/** Sources that fly, or of which a recording turned out to be of a flight. */
export const flyingSources = Prisma.sql`(select id from source where kind = 'drone' union select source_id from flight)`;

/**
 * Computes where the things of flying cameras' flags stand, once for each flag, its recording and the method: a map that is open all day then
 * only reads. What lacks a place, or has one of something that is otherwise now, is found in the tables, so a crash loses nothing; a place stays
 * as it is once the recording it came from was deleted.
 */
export function createFlagPlacing(deps: PlacingDeps, now: () => number = Date.now): () => Promise<number> {
  let since = new Date(0);
  let nextAllMs = 0;
  const againFromMs = new Map<string, number>();
  return async () => {
    const nowMs = now();
    const isAll = nowMs >= nextAllMs;
    // those that failed keep nobody else waiting
    const apart = [...againFromMs].flatMap(([id, fromMs]) => (fromMs > nowMs ? [id] : []));
    const ids = await findBehind(deps, isAll ? new Date(0) : since, apart);
    for (const id of ids)
      try {
        await placeOne(deps, id, new Date(nowMs));
        againFromMs.delete(id);
      } catch (error) {
        againFromMs.set(id, nowMs + allEveryMs);
        deps.log.warn({ err: error, flagId: id }, "a flag was not placed; it is asked again with all others");
      }
    // a full page may not have been all
    if (ids.length === flagsAtOnce) return ids.length;
    since = new Date(nowMs - overlapMs);
    if (isAll) nextAllMs = nowMs + allEveryMs;
    return ids.length;
  };
}

async function findBehind(deps: PlacingDeps, since: Date, apart: readonly string[]): Promise<string[]> {
  const rows = await deps.db.$queryRaw<{ id: string }[]>`
    select f.id::text as id from flag f left join flag_place p on p.flag_id = f.id left join clip k on k.id = p.clip_id
    where f.source_id in ${flyingSources} and f.updated_at >= ${since} and f.id <> all(${[...apart]}::uuid[]) and k.deleted_at is null and (
      p.flag_id is null or p.method <> ${methodOf(deps)} or p.flag_updated_at <> f.updated_at or p.track is distinct from ${trackOf})
    order by f.created_at desc limit ${flagsAtOnce}`;
  return rows.map(({ id }) => id);
}

async function placeOne(deps: PlacingDeps, flagId: string, at: Date): Promise<void> {
  // one look at the tables: whatever changes meanwhile is otherwise than what is written here, and found again
  const { flag, look, placed, track } = await deps.db.$transaction(
    async (db) => {
      const flag = await db.flag.findUniqueOrThrow({
        where: { id: flagId },
        include: { evidence: { select: { clipId: true, capturedAt: true } } },
      });
      const look = await findFlaggedLook(db, flag);
      const [found] = await db.$queryRaw<{ track: string }[]>`
        select ${trackOf} as track from flag f left join clip k on k.id = ${look?.clipId ?? null}::uuid where f.id = ${flagId}::uuid`;
      const placed = look === null ? null : (await placeFlaggedLook({ ...deps, db }, look)).placed;
      return { flag, look, placed, track: found?.track ?? null };
    },
    { isolationLevel: "RepeatableRead" },
  );
  const stands = look === null || placed === null ? null : standsOf(placed, look);
  const reason = stands === null ? ofNoFlight : stands.refused;
  const [longitude = null, latitude = null] = stands?.place?.at ?? [];
  const { longM = null, shortM = null, bearingDeg = null, radius95M = null } = stands?.place?.ellipse ?? {};
  const row = {
    clipId: look?.clipId ?? null,
    offsetMs: look?.offsetMs ?? null,
    longitude,
    latitude,
    longM,
    shortM,
    bearingDeg,
    radius95M,
    heightM: stands?.height?.metres ?? null,
    heightFrom: stands?.height?.from ?? null,
    warnings: stands?.warnings ?? [],
    reasonZh: reason?.zh ?? null,
    reasonEn: reason?.en ?? null,
    method: methodOf(deps),
    flagUpdatedAt: flag.updatedAt,
    track,
    computedAt: at,
  };
  await deps.db.flagPlace.upsert({ where: { flagId }, create: { flagId, ...row }, update: row });
}
