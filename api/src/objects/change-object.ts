import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { changedFields, type ObjectFact } from "@mingcha/models/objects";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { columnsOf, factOf, findSame, lockRegister } from "./register-row.ts";

/** The next version of an object: what it was stays. The log says which fields changed, not their content. */
export function changeObject(
  deps: Deps,
  id: string,
  { version, fact, reason }: { version: number; fact: ObjectFact; reason?: string | undefined },
  person: SignedIn,
): Promise<{ id: string; version: number }> {
  return deps.db.$transaction(async (tx) => {
    await lockRegister(tx, fact.kind);
    const row = await tx.registerObject.findUnique({ where: { id } });
    if (row === null) throw new AppError("NOT_FOUND", {}, { detail: `object ${id}` });
    if (row.kind !== fact.kind)
      throw new AppError("BAD_INPUT", { reason: "档案类别不能改变 / an object does not change its kind" });
    if (row.closedAt !== null) throw new AppError("OBJECT_CLOSED");
    if (row.version !== version) throw new AppError("STALE");
    const same = await findSame(tx, fact, id);
    if (same !== undefined) throw new AppError("OBJECT_EXISTS", { name: same.name });
    const changes = changedFields(factOf(row), fact);
    if (changes.length === 0) return { id, version };
    const columns = columnsOf(fact);
    const changed = await tx.registerObject.updateMany({
      where: { id, version, closedAt: null },
      data: { ...columns, version: { increment: 1 } },
    });
    if (changed.count !== 1) throw new AppError("STALE");
    await tx.objectVersion.create({
      data: {
        objectId: id,
        version: version + 1,
        document: columns.document,
        action: "changed",
        reason: reason ?? null,
        createdBy: person.id,
      },
    });
    await appendCustody(tx, {
      action: "object.changed",
      subject: `object:${id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { kind: fact.kind, version: version + 1, fields: changes },
    });
    return { id, version: version + 1 };
  });
}
