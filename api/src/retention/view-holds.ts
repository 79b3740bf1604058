import type { Prisma } from "@mingcha/infra/db";
import type { LegalHoldView } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { namesOf } from "../people/names-of.ts";
import type { SignedIn } from "../people/sessions.ts";
import { inStretch } from "./in-stretch.ts";

const shownMax = 200;

/** Legal holds, those in force first, then what ended, newest first. */
export async function viewHolds({ db, now }: Pick<Deps, "db" | "now">, person: SignedIn): Promise<LegalHoldView[]> {
  const at = now();
  const inForce: Prisma.LegalHoldWhereInput = { liftedAt: null, until: { gt: at } };
  const order = { orderBy: [{ setAt: "desc" as const }, { id: "desc" as const }], take: shownMax };
  const rows = [
    ...(await db.legalHold.findMany({ where: inForce, ...order })),
    ...(await db.legalHold.findMany({ where: { NOT: inForce }, ...order })),
  ].slice(0, shownMax);
  const [names, sources] = await Promise.all([
    namesOf(
      db,
      rows.flatMap(({ setBy, liftProposedBy, liftedBy }) => [setBy, liftProposedBy, liftedBy]),
    ),
    db.source.findMany({ where: { id: { in: rows.map(({ sourceId }) => sourceId) } } }),
  ]);
  const nameOf = (id: string | null) => (id === null ? "" : (names.get(id) ?? id));
  return Promise.all(
    rows.map(async (row) => {
      const source = sources.find(({ id }) => id === row.sourceId);
      const [count] = await db.$queryRaw<{ clips: number }[]>`
        select count(*)::int as clips from clip where source_id = ${row.sourceId} and deleted_at is null and ${inStretch(row)}`;
      const proposed = row.liftProposedAt !== null && row.liftProposedBy !== null;
      return {
        id: row.id,
        version: row.version,
        sourceId: row.sourceId,
        sourceName: source?.name || row.sourceId,
        timezone: source?.timezone ?? "Asia/Shanghai",
        from: row.from.toISOString(),
        to: row.to.toISOString(),
        clueId: row.clueId,
        reason: row.reason,
        until: row.until.toISOString(),
        setBy: nameOf(row.setBy),
        setAt: row.setAt.toISOString(),
        clips: count?.clips ?? 0,
        state: row.liftedAt !== null ? "lifted" : row.until <= at ? "expired" : proposed ? "lift_proposed" : "in_force",
        lift:
          row.liftProposedAt === null
            ? null
            : {
                by: nameOf(row.liftProposedBy),
                at: row.liftProposedAt.toISOString(),
                reason: row.liftReason ?? "",
                own: row.liftProposedBy === person.id,
              },
        lifted: row.liftedAt === null ? null : { by: nameOf(row.liftedBy), at: row.liftedAt.toISOString() },
      };
    }),
  );
}
