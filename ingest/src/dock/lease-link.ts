import type { DockLinkModel } from "@mingcha/infra/db";
import { dockLimits, type LinkReason, type LinkState } from "@mingcha/models/dock";
import type { DockDeps } from "./dock-deps.ts";

/** Takes or keeps the one connection to the broker. Null: another machine has it. */
export async function claimLink({
  db,
  machine,
}: Pick<DockDeps, "db" | "machine">): Promise<Pick<DockLinkModel, "clientId"> | null> {
  const rows = await db.$queryRaw<{ clientId: string }[]>`
    insert into dock_link (id, client_id, holder, lease_until)
    values (1, 'mingcha-' || substr(gen_random_uuid()::text, 1, 13), ${machine}, now() + make_interval(secs => ${dockLimits.leaseS}))
    on conflict (id) do update set holder = ${machine}, lease_until = now() + make_interval(secs => ${dockLimits.leaseS})
    where dock_link.holder is null or dock_link.holder = ${machine} or dock_link.lease_until < now()
    returning client_id as "clientId"`;
  return rows[0] ?? null;
}

/** How the connection stands, by the machine that holds it. */
export async function writeLink(
  { db, machine, now }: Pick<DockDeps, "db" | "machine" | "now">,
  state: LinkState,
  reason: LinkReason | null,
): Promise<void> {
  await db.$executeRaw`
    update dock_link set since = case when state = ${state} then since else ${now()} end, state = ${state}, reason = ${reason}
    where id = 1 and holder = ${machine}`;
}

/** Gives it back: the next machine takes it at once. */
export async function releaseLink({ db, machine }: Pick<DockDeps, "db" | "machine">): Promise<void> {
  await db.$executeRaw`
    update dock_link set holder = null, lease_until = null, state = 'off', since = now(), reason = null
    where id = 1 and holder = ${machine}`;
}
