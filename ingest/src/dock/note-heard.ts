import { type DockDropCause, dockLimits } from "@mingcha/models/dock";
import type { DockDeps } from "./dock-deps.ts";

/** A dock spoke. After a long silence it is online anew. */
export async function noteHeard({ db, now }: Pick<DockDeps, "db" | "now">, sn: string, messages = 1): Promise<void> {
  const at = now();
  const silentSince = new Date(at.getTime() - dockLimits.offlineAfterMs);
  await db.$executeRaw`
    insert into dock_standing (sn, messages, last_message_at, online_since) values (${sn}, ${messages}, ${at}, ${at})
    on conflict (sn) do update set messages = dock_standing.messages + ${messages}, last_message_at = ${at},
      online_since = case when dock_standing.last_message_at > ${silentSince} then dock_standing.online_since else ${at} end`;
}

/** A message that led to nothing: counted by day and cause, whatever it held. */
export async function noteDrop(
  { db, now }: Pick<DockDeps, "db" | "now">,
  sn: string,
  cause: DockDropCause,
): Promise<void> {
  const at = now();
  await db.$executeRaw`
    insert into dock_drop (sn, day, cause, messages, last_at) values (${sn}, (${at}::timestamptz at time zone 'UTC')::date, ${cause}, 1, ${at})
    on conflict (sn, day, cause) do update set messages = dock_drop.messages + 1, last_at = ${at}`;
}
