import { fieldRuleVersion, fieldSettings, fieldSourceKinds } from "@mingcha/models/field";
import type { Deps } from "../deps.ts";
import { matchClip } from "./match-clip.ts";
import { fieldStepKinds } from "./steps/index.ts";
import type { Changed } from "./steps/provider.ts";

/** How often recordings are looked for. */
const everyMs = 3_000;
/** A sweep does other things too. */
const clipsAtOnce = 40;
/** After everything was looked at once, changes of this long back: a slow commit does not outlast it. */
const overlapMs = 10 * 60_000;

/**
 * Finds recordings that were never laid beside work, whose track or start changed, or around which something was written down or changed
 * since, and matches them. All of it is found in the tables, so a crash between a clip and its match loses nothing.
 */
export function createFieldMatching(deps: Pick<Deps, "db" | "log">): () => Promise<number> {
  let nextMs = 0;
  let since = new Date(0);
  return async () => {
    const nowMs = Date.now();
    if (nowMs < nextMs) return 0;
    nextMs = nowMs + everyMs;
    const behind = await findBehind(deps);
    const changed = behind.length < clipsAtOnce ? await findChanged(deps, since) : [];
    const ids = [...new Set([...behind, ...changed])].slice(0, clipsAtOnce);
    for (const id of ids) await matchClip(deps, id);
    // a full page may not have been all
    if (ids.length < clipsAtOnce) since = new Date(nowMs - overlapMs);
    else nextMs = nowMs;
    return ids.length;
  };
}

async function findBehind({ db }: Pick<Deps, "db">): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select k.id::text as id from clip k join source s on s.id = k.source_id left join field_recording f on f.clip_id = k.id
    where s.kind = any(${[...fieldSourceKinds]}) and k.deleted_at is null and (
      f.clip_id is null or f.rule_version <> ${fieldRuleVersion} or f.started_at <> k.started_at
      or f.telemetry_format is distinct from k.telemetry_format)
    order by k.started_at desc limit ${clipsAtOnce}`;
  return rows.map(({ id }) => id);
}

/** Devices that were issued or whose issue was taken back. */
async function carriersChanged({ db }: Pick<Deps, "db">, since: Date): Promise<Changed[]> {
  const rows = await db.deviceRecord.findMany({
    where: { kind: "carrier", OR: [{ createdAt: { gte: since } }, { withdrawnAt: { gte: since } }] },
  });
  return rows.map((row) => ({
    at: row.withdrawnAt ?? row.createdAt,
    from: row.validFrom,
    to: row.validTo ?? new Date("9999-01-01"),
    sourceId: row.sourceId,
  }));
}

async function findChanged(deps: Pick<Deps, "db">, since: Date): Promise<string[]> {
  const changed = await carriersChanged(deps, since);
  for (const { changed: find } of fieldStepKinds) changed.push(...(await find(deps.db, since)));
  if (changed.length === 0) return [];
  const rows = await deps.db.$queryRaw<{ id: string }[]>`
    select distinct k.id::text as id, k.started_at from clip k
      join field_recording f on f.clip_id = k.id
      join unnest(
        ${changed.map(({ at }) => at)}::timestamptz[], ${changed.map(({ from }) => from)}::timestamptz[],
        ${changed.map(({ to }) => to)}::timestamptz[], ${changed.map(({ sourceId }) => sourceId)}::text[]
      ) as c(at, "from", "to", source) on f.matched_at < c.at and (c.source is null or c.source = k.source_id)
        and k.started_at - (k.start_uncertainty_ms + ${fieldSettings.slackMs}) * interval '1 millisecond' <= c."to"
        and k.started_at + (k.duration_ms + k.start_uncertainty_ms + ${fieldSettings.slackMs}) * interval '1 millisecond' >= c."from"
    where k.deleted_at is null
    order by k.started_at desc limit ${clipsAtOnce}`;
  return rows.map(({ id }) => id);
}
