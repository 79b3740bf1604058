import { createHash } from "node:crypto";
import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import type { ObjectFact, ObjectKind, PlannedRow } from "@mingcha/models/objects";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { planDigest, planObjects, readObjects } from "./plan-sheet.ts";
import { countActions } from "./preview-sheet.ts";
import { columnsOf, lockRegister } from "./register-row.ts";

const batch = 100;

type Doable = PlannedRow & { fact: ObjectFact };
type Origin = { sheetSha256: string; personId: string };

/**
 * Writes the good rows of a sheet that was previewed, all of them or none. The sheet is read and judged anew under the register's lock; where
 * that gives another outcome than the person saw, nothing is written.
 */
export async function importSheet(
  deps: Deps,
  { kind, plan: seen, bytes }: { kind: ObjectKind; plan: string; bytes: Uint8Array },
  person: SignedIn,
): Promise<{ created: number; updated: number; same: number; refused: number }> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const { rows } = await readObjects(kind, await deps.sheets.read(bytes));
  return deps.db.$transaction(
    async (tx) => {
      await lockRegister(tx, kind);
      const plan = await planObjects(tx, kind, rows);
      if ((await planDigest(sha256, plan)) !== seen) throw new AppError("PREVIEW_STALE");
      const doable = (action: PlannedRow["action"]): Doable[] =>
        plan.filter((row): row is Doable => row.action === action && row.fact !== null);
      const origin = { sheetSha256: sha256, personId: person.id };
      const counts = countActions(plan);
      for (const part of parts(doable("create"))) await createAll(tx, part, origin);
      for (const part of parts(doable("update"))) await changeAll(tx, part, origin);
      if (counts.create + counts.update > 0)
        await appendCustody(tx, {
          action: "objects.imported",
          subject: `register:${kind}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: { kind, sheetSha256: sha256, created: counts.create, updated: counts.update, refused: counts.error },
        });
      return { created: counts.create, updated: counts.update, same: counts.same, refused: counts.error };
    },
    { timeout: 120_000, maxWait: 30_000 },
  );
}

function parts<T>(rows: readonly T[]): T[][] {
  const cut: T[][] = [];
  for (let from = 0; from < rows.length; from += batch) cut.push(rows.slice(from, from + batch));
  return cut;
}

async function createAll(tx: DatabaseOrTransaction, rows: readonly Doable[], origin: Origin): Promise<void> {
  const made = rows.map(({ fact }) => ({ id: crypto.randomUUID(), ...columnsOf(fact) }));
  await tx.registerObject.createMany({ data: made });
  await tx.objectVersion.createMany({
    data: made.map(({ id, document }) => ({
      objectId: id,
      version: 1,
      document,
      action: "created",
      sheetSha256: origin.sheetSha256,
      createdBy: origin.personId,
    })),
  });
}

async function changeAll(tx: DatabaseOrTransaction, rows: readonly Doable[], origin: Origin): Promise<void> {
  const next = rows.map(({ objectId, version, fact }) => ({
    id: objectId ?? "",
    version: version ?? 0,
    ...columnsOf(fact),
  }));
  const changed = await tx.$executeRaw`
    update register_object o set key = n.key, name = n.name, place = n.place, search = n.search, grams = n.grams, document = n.document,
      version = o.version + 1, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(next)}::jsonb)
      as n(id uuid, version int, key text, name text, place text, search text, grams text[], document jsonb)
    where o.id = n.id and o.version = n.version and o.closed_at is null`;
  if (changed !== rows.length) throw new AppError("PREVIEW_STALE");
  await tx.objectVersion.createMany({
    data: next.map(({ id, version, document }) => ({
      objectId: id,
      version: version + 1,
      document,
      action: "changed",
      sheetSha256: origin.sheetSha256,
      createdBy: origin.personId,
    })),
  });
}
