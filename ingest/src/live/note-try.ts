import { type ClockReason, clockRequestMs, type MeasuringMethod, methodsOfStream } from "@mingcha/models/device";
import { isStreamKind } from "@mingcha/models/streams";
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

/** The newest request of each source that not every method has answered yet: what a kill left half done is done again. */
export async function findRequests({ db }: Pick<LiveDeps, "db">): Promise<{ id: string; sourceId: string }[]> {
  const rows = await db.$queryRaw<{ id: string; sourceId: string; kind: string; answered: string[] }[]>`
    select distinct on (r.source_id) r.id, r.source_id as "sourceId", s.kind,
      array(select t.method from clock_try t where t.source_id = r.source_id and t.request_id = r.id) as answered
    from clock_request r join stream s on s.source_id = r.source_id and s.enabled
    where r.asked_at > now() - make_interval(secs => ${clockRequestMs / 1_000})
    order by r.source_id, r.asked_at desc`;
  return rows.filter(({ kind, answered }) => isStreamKind(kind) && answered.length < methodsOfStream(kind).length);
}
