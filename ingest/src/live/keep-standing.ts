import type { Database } from "@mingcha/infra/db";
import type { StreamReason, StreamState } from "@mingcha/models/streams";

export interface Standing {
  readonly state: StreamState;
  readonly since: Date;
  readonly reason: StreamReason | null;
  readonly attempts: number;
  readonly nextTryAt: Date | null;
}

/** What this machine says of a source it holds. Of one that another holds by now it says nothing. */
export async function writeStanding(
  db: Database,
  machine: string,
  sourceId: string,
  standing: Standing,
): Promise<void> {
  await db.streamStanding.updateMany({ where: { sourceId, holder: machine }, data: { ...standing } });
}

/** Sign of life: when the newest packet came. */
export async function writeHeartbeat(
  db: Database,
  machine: string,
  sourceId: string,
  lastPacketAt: Date,
): Promise<void> {
  await db.streamStanding.updateMany({ where: { sourceId, holder: machine }, data: { lastPacketAt } });
}

/** Nothing arrives from an instant on. Where that is known already only a new reason is added. */
export async function openGap(db: Database, sourceId: string, from: Date, reason: StreamReason): Promise<void> {
  await db.$executeRaw`
    insert into stream_gap (id, source_id, from_at, reason, reasons)
    values (gen_random_uuid(), ${sourceId}, ${from}, ${reason}, array[${reason}])
    on conflict (source_id) where to_at is null do update
    set reasons = case when ${reason} = any(stream_gap.reasons) then stream_gap.reasons else stream_gap.reasons || ${reason}::text end`;
}

/** Something arrives again. */
export async function closeGap(db: Database, sourceId: string, to: Date): Promise<void> {
  await db.$executeRaw`
    update stream_gap set to_at = greatest(${to}, from_at) where source_id = ${sourceId} and to_at is null`;
}
