import { type DatabaseOrTransaction, type DockFileModel, Prisma } from "@mingcha/infra/db";
import {
  type Answer,
  type DataOf,
  dockLimits,
  type KeyRefusal,
  readKey,
  readSaid,
  type Said,
} from "@mingcha/models/dock";
import { isOutage } from "../../intake/is-outage.ts";
import type { DockDeps } from "../dock-deps.ts";
import { roomFor } from "../files/room-for.ts";
import { takeUp } from "../files/take-up.ts";
import { joinSaid } from "../join-said.ts";
import type { Asked } from "../known-dock.ts";
import { within } from "../within.ts";

type Callback = DataOf<"file_upload_callback">;

/**
 * A dock says that it uploaded a file. Only a notice: a row per object key, however often it comes. How the object looks at this moment is noted,
 * so that another one under the same name later is told from it.
 */
export async function noteUpload(deps: DockDeps, { dock, envelope }: Asked, callback: Callback): Promise<Answer> {
  const { object_key: objectKey } = callback.file;
  const key = readKey(objectKey, dock.sn);
  if (typeof key === "string") return { result: key satisfies KeyRefusal };
  const known = await deps.db.dockFile.findUnique({ where: { objectKey } });
  if (known === null && (await roomFor(deps, dock.sn)) === 0) return { result: "too_many" };
  const seen = known?.etag == null ? await see(deps, objectKey) : null;
  const said = readSaid(callback);
  const at = deps.now();
  await deps.db.$transaction(async (tx) => {
    await noteFlight(tx, { sn: dock.sn, flightId: key.flightId }, callback, { at, deviceMs: envelope.timestamp });
    await tx.$executeRaw`
      insert into dock_file (id, sn, flight_id, object_key, name, source_id, state, state_at, found_by, found_at, notices)
      values (gen_random_uuid(), ${dock.sn}, ${key.flightId}, ${objectKey}, ${key.name}, ${dock.sourceId}, 'noticed', ${at}, 'notice', ${at}, 0)
      on conflict (object_key) do nothing`;
    const file = await tx.dockFile.update({ where: { objectKey }, data: { notices: { increment: 1 } } });
    await takeWord(tx, file, said, seen, at);
  });
  return { result: "ok" };
}

/** What the first message said stays what was said. */
async function takeWord(
  tx: DatabaseOrTransaction,
  file: DockFileModel,
  said: Said,
  seen: { etag: string; sizeBytes: number } | null,
  at: Date,
): Promise<void> {
  await tx.dockFile.update({
    where: { id: file.id },
    data: {
      ...(file.said === null ? { said } : {}),
      ...(file.etag === null && seen !== null ? { etag: seen.etag, sizeBytes: BigInt(seen.sizeBytes) } : {}),
    },
  });
  if (file.state === "missing") await takeUp(tx, file, seen, at);
  // the sweep was faster: the file may be a clip by now
  if (file.said === null && file.intakeId !== null) await joinSaid(tx, file.intakeId, said);
}

/**
 * A dock counts anew when files were deleted at it, or when a task is flown again: its newest word counts, not the largest, and the most it ever said
 * is kept beside. Which is the newest its own clock says; a message that is brought again takes nothing back.
 */
async function noteFlight(
  tx: DatabaseOrTransaction,
  { sn, flightId }: { readonly sn: string; readonly flightId: string },
  { flight_task: task }: Callback,
  { at, deviceMs }: { readonly at: Date; readonly deviceMs: number | undefined },
): Promise<void> {
  const expected = task?.expected_file_count ?? null;
  const uploaded = task?.uploaded_file_count ?? null;
  const isUsable = deviceMs !== undefined && deviceMs <= at.getTime() + dockLimits.clockAheadMs;
  const countedMs = isUsable && (expected ?? uploaded) !== null ? BigInt(deviceMs) : null;
  const isNewer = Prisma.sql`coalesce(${countedMs}::bigint >= dock_flight.counted_ms, true)`;
  await tx.$executeRaw`
    insert into dock_flight (sn, flight_id, expected_files, expected_most, uploaded_files, counted_ms, first_seen_at, last_seen_at)
    values (${sn}, ${flightId}, ${expected}, ${expected}, ${uploaded}, ${countedMs}, ${at}, ${at})
    on conflict (sn, flight_id) do update set
      expected_files = case when ${isNewer} then coalesce(${expected}, dock_flight.expected_files) else dock_flight.expected_files end,
      uploaded_files = case when ${isNewer} then coalesce(${uploaded}, dock_flight.uploaded_files) else dock_flight.uploaded_files end,
      expected_most = greatest(dock_flight.expected_most, ${expected}), counted_ms = greatest(dock_flight.counted_ms, ${countedMs}::bigint),
      last_seen_at = ${at}`;
}

/** A store that cannot be asked just now is asked by the next look. */
async function see({ bucket, log }: DockDeps, objectKey: string) {
  try {
    const seen = bucket === null ? null : await within(dockLimits.askStoreMs, bucket.see(objectKey));
    return seen === "late" ? null : seen;
  } catch (error) {
    if (!isOutage(error)) log.warn({ err: error }, "the upload bucket could not be asked");
    return null;
  }
}
