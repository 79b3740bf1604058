import type { ClipModel, DatabaseOrTransaction } from "@mingcha/infra/db";
import { type Assignment, carriersOf } from "@mingcha/models/field";
import { z } from "zod";

/** What a record of an issue says beside its dates (routes/devices). */
const carrierSchema = z.union([z.object({ personId: z.string() }), z.object({ car: z.string() })]);

/** Issues of a device that stand, oldest first. */
export async function loadIssues(db: DatabaseOrTransaction, sourceId: string): Promise<Assignment[]> {
  const rows = await db.deviceRecord.findMany({
    where: { sourceId, kind: "carrier", withdrawnAt: null },
    orderBy: [{ validFrom: "asc" }, { id: "asc" }],
  });
  return rows.flatMap(({ validFrom, validTo, details }) => {
    const carrier = carrierSchema.safeParse(details).data;
    if (carrier === undefined) return [];
    const [personId, car] = "personId" in carrier ? [carrier.personId, null] : [null, carrier.car];
    return { personId, car, fromMs: validFrom.getTime(), toMs: validTo?.getTime() ?? null };
  });
}

/** People who had a device while it took some clips: they collected them, whoever handed the files in. */
export async function carrierIdsOf(
  db: DatabaseOrTransaction,
  sourceId: string,
  clips: readonly Pick<ClipModel, "startedAt" | "durationMs" | "startUncertaintyMs">[],
): Promise<string[]> {
  const issues = await loadIssues(db, sourceId);
  return clips.flatMap(({ startedAt, durationMs, startUncertaintyMs }) => {
    const fromMs = startedAt.getTime();
    const span = { fromMs, toMs: fromMs + durationMs, uncertaintyMs: startUncertaintyMs };
    return carriersOf(issues, span).flatMap(({ personId }) => personId ?? []);
  });
}
