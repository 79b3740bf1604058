import { type Database, Prisma } from "@mingcha/infra/db";
import { fairShare } from "@mingcha/models/streams";

/** A machine that says nothing for so long has lost its sources: with turns of `turnMs` they move within 30 s (design §3). */
export const leaseS = 15;
export const turnMs = 3_000;

export interface Claimed {
  readonly sourceId: string;
  /** Another machine held it and fell silent while it received; since its last packet. Null: it was given back or is new. */
  readonly lostSince: Date | null;
}

/** Live sources that are switched on have a row to be held by. */
export async function listEnabled(db: Database): Promise<{ sourceId: string; version: number }[]> {
  await db.$executeRaw`
    insert into stream_standing (source_id, state, since)
    select source_id, 'waiting', now() from stream where enabled on conflict (source_id) do nothing`;
  return db.stream.findMany({ where: { enabled: true }, select: { sourceId: true, version: true } });
}

/** Keeps what is held. @returns the sources that still are this machine's; one that is not among them is another's by now. */
export async function renewLeases(db: Database, machine: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ sourceId: string }[]>`
    update stream_standing set lease_until = now() + make_interval(secs => ${leaseS})
    where holder = ${machine} returning source_id as "sourceId"`;
  return rows.map(({ sourceId }) => sourceId);
}

/** Says that this machine is alive, and how many sources are its part among all that are. One that holds none yet counts: others give to it. */
export async function shareOf(db: Database, machine: string, enabled: number): Promise<number> {
  const [row] = await db.$queryRaw<{ alive: number }[]>`
    with me as (
      insert into ingest_machine (name, seen_at) values (${machine}, now())
      on conflict (name) do update set seen_at = now() returning name
    ), gone as (
      delete from ingest_machine where seen_at < now() - interval '1 hour'
    )
    select 1 + count(*)::int as alive from ingest_machine
    where seen_at > now() - make_interval(secs => ${leaseS}) and name <> (select name from me)`;
  return fairShare(enabled, row?.alive ?? 1);
}

/** A machine that stops takes no part any more. */
export async function leaveMachines(db: Database, machine: string): Promise<void> {
  await db.ingestMachine.deleteMany({ where: { name: machine } });
}

/** Takes up to `most` sources that nobody holds. Two machines never get the same one. */
export async function claimStreams(db: Database, machine: string, most: number): Promise<Claimed[]> {
  if (most <= 0) return [];
  return db.$queryRaw<Claimed[]>`
    with free as (
      select st.source_id, st.holder, st.state, st.last_packet_at from stream_standing st join stream s using (source_id)
      where s.enabled and (st.holder is null or st.lease_until < now())
      order by st.source_id limit ${most} for update of st skip locked
    )
    update stream_standing st set holder = ${machine}, lease_until = now() + make_interval(secs => ${leaseS}),
      state = 'connecting', since = coalesce(case when free.state = 'live' then free.last_packet_at end, now()), reason = null
    from free where st.source_id = free.source_id
    returning st.source_id as "sourceId",
      case when free.holder is not null and free.state = 'live' then free.last_packet_at end as "lostSince"`;
}

/** Gives sources back: the next machine takes them at once. */
export async function releaseStreams(db: Database, machine: string, sourceIds: readonly string[]): Promise<void> {
  if (sourceIds.length === 0) return;
  await db.$executeRaw`
    update stream_standing st set holder = null, lease_until = null, next_try_at = null, since = now(),
      state = case when s.enabled then 'waiting' else 'off' end, reason = case when s.enabled then null else 'switched_off' end
    from stream s where s.source_id = st.source_id and st.holder = ${machine} and st.source_id in (${Prisma.join([...sourceIds])})`;
}
