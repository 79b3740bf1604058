import { fieldRuleVersion, fieldSettings, fieldSourceKinds } from "@mingcha/models/field";
import type { Deps } from "../deps.ts";
import { matchClip } from "./match-clip.ts";
import { fieldStepKinds } from "./steps/index.ts";
import type { Changed } from "./steps/provider.ts";

/** A gate stands: what happened farther off, about a kilometre, it has not seen. */
const gateReachDeg = 0.01;
/** How often recordings are looked for. */
const everyMs = 3_000;
/** A sweep does other things too. */
const clipsAtOnce = 40;
/** After everything was looked at once, changes of this long back: a slow commit does not outlast it. */
const overlapMs = 10 * 60_000;
/** Every so often all recordings are looked at: for late tracks and corrected starts, and for what waited long before it was taken in. */
const allEveryMs = 10 * 60_000;
/** One that cannot be matched is asked again after this long, twice as long each time, and never rarer than the last. */
const againMs = { first: 6_000, last: 3_600_000 };

/**
 * Finds recordings that were never laid beside work, whose track or start changed, or around which something was written down or changed
 * since, and matches them. All of it is found in the tables, so a crash between a clip and its match loses nothing.
 */
export function createFieldMatching(
  deps: Pick<Deps, "db" | "log">,
  now: () => number = Date.now,
): () => Promise<number> {
  let nextMs = 0;
  let since = new Date(0);
  let nextAllMs = 0;
  const failed = new Map<string, { times: number; dueMs: number }>();
  return async () => {
    const nowMs = now();
    if (nowMs < nextMs) return 0;
    nextMs = nowMs + everyMs;
    const isAll = nowMs >= nextAllMs;
    if (isAll) await letGoneRest(deps);
    // those that failed keep nobody else waiting
    const apart = [...failed.keys()];
    const behind = await findBehind(deps, isAll ? new Date(0) : since, apart);
    const changed = behind.length < clipsAtOnce ? await findChanged(deps, since, apart) : [];
    const again = apart.filter((id) => (failed.get(id)?.dueMs ?? 0) <= nowMs);
    const ids = [...new Set([...behind, ...changed])].slice(0, clipsAtOnce);
    for (const id of [...ids, ...again.slice(0, clipsAtOnce)])
      try {
        await matchClip(deps, id);
        failed.delete(id);
      } catch (error) {
        const times = (failed.get(id)?.times ?? 0) + 1;
        const waitMs = Math.min(againMs.last, againMs.first * 2 ** (times - 1));
        failed.set(id, { times, dueMs: nowMs + waitMs });
        deps.log.warn({ err: error, clipId: id, times, waitMs }, "a recording was not matched; it is asked again");
      }
    // a full page may not have been all
    if (ids.length === clipsAtOnce) nextMs = nowMs;
    else {
      since = new Date(nowMs - overlapMs);
      if (isAll) nextAllMs = nowMs + allEveryMs;
    }
    return ids.length;
  };
}

async function findBehind({ db }: Pick<Deps, "db">, receivedSince: Date, apart: readonly string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select k.id::text as id from clip k join source s on s.id = k.source_id left join field_recording f on f.clip_id = k.id
    where s.kind = any(${[...fieldSourceKinds]}) and k.deleted_at is null and k.received_at >= ${receivedSince} and k.id <> all(${[...apart]}::uuid[]) and (
      f.clip_id is null or f.rule_version <> ${fieldRuleVersion} or f.started_at <> k.started_at
      or f.telemetry_format is distinct from k.telemetry_format)
    order by k.started_at desc limit ${clipsAtOnce}`;
  return rows.map(({ id }) => id);
}

/** Devices that were issued or whose issue was taken back: whoever had one until then, or has it again, had it for all that follows. */
async function carriersChanged({ db }: Pick<Deps, "db">, since: Date): Promise<Changed[]> {
  const rows = await db.deviceRecord.findMany({
    where: { kind: "carrier", OR: [{ createdAt: { gte: since } }, { withdrawnAt: { gte: since } }] },
  });
  return rows.map((row) => ({
    at: row.withdrawnAt ?? row.createdAt,
    from: row.validFrom,
    to: new Date("9999-01-01"),
    sourceId: row.sourceId,
    near: null,
  }));
}

async function findChanged(deps: Pick<Deps, "db">, since: Date, apart: readonly string[]): Promise<string[]> {
  const changed = await carriersChanged(deps, since);
  for (const { changed: find } of fieldStepKinds) changed.push(...(await find(deps.db, since)));
  if (changed.length === 0) return [];
  const rows = await deps.db.$queryRaw<{ id: string }[]>`
    select distinct k.id::text as id, f.matched_at from clip k
      join field_recording f on f.clip_id = k.id
      join unnest(
        ${changed.map(({ at }) => at)}::timestamptz[], ${changed.map(({ from }) => from)}::timestamptz[],
        ${changed.map(({ to }) => to)}::timestamptz[], ${changed.map(({ sourceId }) => sourceId)}::text[],
        ${changed.map(({ near }) => near?.longitude ?? null)}::float8[], ${changed.map(({ near }) => near?.latitude ?? null)}::float8[]
      ) as c(at, "from", "to", source, longitude, latitude) on f.matched_at < c.at and (c.source is null or c.source = k.source_id)
        and k.started_at - (k.start_uncertainty_ms + ${fieldSettings.slackMs}) * interval '1 millisecond' <= c."to"
        and k.started_at + (k.duration_ms + k.start_uncertainty_ms + ${fieldSettings.slackMs}) * interval '1 millisecond' >= c."from"
      join source s on s.id = k.source_id
    where k.deleted_at is null and k.id <> all(${[...apart]}::uuid[]) and (c.source is not null or s.kind <> 'gate' or (
      abs(s.longitude - c.longitude) < ${gateReachDeg} and abs(s.latitude - c.latitude) < ${gateReachDeg}))
    order by f.matched_at limit ${clipsAtOnce}`;
  return rows.map(({ id }) => id);
}

/**
 * Recordings whose time was over and that nobody linked are no question any more. Should the same file be brought in again, it is one anew: the
 * rule has then said nothing of it.
 */
async function letGoneRest({ db }: Pick<Deps, "db">): Promise<void> {
  await db.$executeRaw`
    update field_recording f set state = 'FREE', rule_version = '', version = version + 1 from clip k
    where k.id = f.clip_id and k.deleted_at is not null and f.state in ('PROPOSED', 'ORPHAN')`;
}
