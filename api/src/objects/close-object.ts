import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";

/** Ends an object's file with a reason; it stays to be read, and what was confirmed with it stays confirmed. */
export function closeObject(
  deps: Deps,
  id: string,
  { version, reason }: { version: number; reason: string },
  person: SignedIn,
): Promise<{ id: string; version: number }> {
  return deps.db.$transaction(async (tx) => {
    const row = await tx.registerObject.findUnique({ where: { id } });
    if (row === null) throw new AppError("NOT_FOUND", {}, { detail: `object ${id}` });
    if (row.closedAt !== null) throw new AppError("OBJECT_CLOSED");
    const closed = await tx.registerObject.updateMany({
      where: { id, version, closedAt: null },
      data: { closedAt: deps.now(), closedReason: reason, version: { increment: 1 } },
    });
    if (closed.count !== 1) throw new AppError("STALE");
    await tx.objectVersion.create({
      data: {
        objectId: id,
        version: version + 1,
        document: row.document ?? {},
        action: "closed",
        reason,
        createdBy: person.id,
      },
    });
    await appendCustody(tx, {
      action: "object.closed",
      subject: `object:${id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { kind: row.kind, version: version + 1 },
    });
    return { id, version: version + 1 };
  });
}
