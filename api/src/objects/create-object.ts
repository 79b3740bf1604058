import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import type { ObjectFact } from "@mingcha/models/objects";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { columnsOf, findSame, lockRegister } from "./register-row.ts";

/** Enters an object. One that is there already is changed instead, never entered twice. */
export function createObject(deps: Deps, fact: ObjectFact, person: SignedIn): Promise<{ id: string; version: number }> {
  return deps.db.$transaction(async (tx) => {
    await lockRegister(tx, fact.kind);
    const same = await findSame(tx, fact);
    if (same !== undefined) throw new AppError("OBJECT_EXISTS", { name: same.name });
    const columns = columnsOf(fact);
    const { id, version } = await tx.registerObject.create({
      data: {
        ...columns,
        versions: { create: { version: 1, document: columns.document, action: "created", createdBy: person.id } },
      },
    });
    await appendCustody(tx, {
      action: "object.created",
      subject: `object:${id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { kind: fact.kind, version },
    });
    return { id, version };
  });
}
