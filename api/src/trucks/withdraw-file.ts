import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { dayOf, daysBetween, marginMs, spanOfDay } from "@mingcha/models/trips";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { wantDays } from "./days.ts";

/**
 * Takes the rows of a file out of every comparison, with a reason. They stay, and so does the file; the same rows may be imported anew, corrected.
 */
export function withdrawTruckFile(
  { db, profile, now }: Pick<Deps, "db" | "profile" | "now">,
  id: string,
  reason: string,
  person: SignedIn,
): Promise<{ ok: true }> {
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('truck-files', 0))`;
      const file = await tx.truckFile.findUnique({ where: { id } });
      if (file === null) throw new AppError("NOT_FOUND", {}, { detail: `truck file ${id}` });
      if (file.withdrawnAt !== null) throw new AppError("TRUCK_FILE_WITHDRAWN");
      await tx.truckFile.update({
        where: { id },
        data: { withdrawnAt: now(), withdrawnBy: person.id, withdrawnReason: reason },
      });
      await tx.$executeRaw`update truck_event set withdrawn = true where file_id = ${id}::uuid`;
      await tx.$executeRaw`update truck_point set withdrawn = true where file_id = ${id}::uuid`;
      const days = await tx.$queryRaw<{ day: string }[]>`
        select distinct to_char(at at time zone ${profile.timezone}, 'YYYY-MM-DD') as day from (
          select at from truck_event where file_id = ${id}::uuid union all select at from truck_point where file_id = ${id}::uuid
        ) r`;
      const reachMs = marginMs(profile.trucks);
      const wanted = days.flatMap(({ day }) => {
        const { fromMs, toMs } = spanOfDay(day, profile.timezone);
        return daysBetween(dayOf(fromMs - reachMs, profile.timezone), dayOf(toMs + reachMs, profile.timezone));
      });
      await wantDays(tx, [...new Set(wanted)]);
      await appendCustody(tx, {
        action: "truck.file_withdrawn",
        subject: `truck-file:${id}`,
        actor: { kind: "person", id: person.id, name: person.name },
        detail: { kind: file.kind, sha256: file.sha256, rows: file.rowsNew },
      });
      return { ok: true as const };
    },
    { timeout: 120_000, maxWait: 30_000 },
  );
}
