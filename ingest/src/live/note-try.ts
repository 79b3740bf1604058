import type { ClockReason, MeasuringMethod } from "@mingcha/models/device";
import type { LiveDeps } from "./live-deps.ts";

/** That a clock was to be compared by a method, and why it could not be. `requestId`: what a person asked for is answered. */
export async function noteTry(
  { db }: Pick<LiveDeps, "db">,
  sourceId: string,
  method: MeasuringMethod,
  reason: ClockReason | null,
  requestId: string | null,
): Promise<void> {
  await db.$executeRaw`
    insert into clock_try (source_id, method, tried_at, reason, since, request_id)
    values (${sourceId}, ${method}, now(), ${reason}, now(), ${requestId}::uuid)
    on conflict (source_id, method) do update set tried_at = excluded.tried_at, reason = excluded.reason,
      since = case when clock_try.reason is not distinct from excluded.reason then clock_try.since else excluded.since end,
      request_id = coalesce(excluded.request_id, clock_try.request_id)`;
}

/** The newest request of each source that no try has answered yet. */
export function findRequests({ db }: Pick<LiveDeps, "db">): Promise<{ id: string; sourceId: string }[]> {
  return db.$queryRaw`
    select distinct on (r.source_id) r.id, r.source_id as "sourceId" from clock_request r
    where not exists (
      select 1 from clock_try t join clock_request answered on answered.id = t.request_id
      where t.source_id = r.source_id and answered.asked_at >= r.asked_at)
    order by r.source_id, r.asked_at desc`;
}
