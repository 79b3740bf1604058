import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import type { ChangePersonBody } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { assertDistrictsKnown } from "./assert-districts.ts";
import { assertDutiesCompatible } from "./assert-duties.ts";
import type { SignedIn } from "./sessions.ts";

/**
 * Changes an account; disabling ends its sessions at once. Nobody changes what the own account may do, and one administrator stays.
 * @throws OWN_ACCOUNT, LAST_ADMINISTRATOR, STALE, NOT_FOUND, BAD_INPUT
 */
export async function changePerson(deps: Deps, id: string, body: ChangePersonBody, actor: SignedIn): Promise<void> {
  const { version, name, badgeNo, duties, districts, disabled } = body;
  if (duties !== undefined) assertDutiesCompatible(duties);
  if (districts !== undefined) assertDistrictsKnown(deps.profile, districts);
  const changesPower = duties !== undefined || districts !== undefined || disabled !== undefined;
  if (id === actor.id && changesPower) throw new AppError("OWN_ACCOUNT");
  await deps.db.$transaction(async (tx) => {
    const changed = await tx.person.updateMany({
      where: { id, version },
      data: {
        version: { increment: 1 },
        ...(name === undefined ? {} : { name }),
        ...(badgeNo === undefined ? {} : { badgeNo }),
        ...(duties === undefined ? {} : { duties }),
        ...(districts === undefined ? {} : { districts }),
        ...(disabled === undefined ? {} : { disabledAt: disabled ? deps.now() : null }),
      },
    });
    if (changed.count !== 1) {
      if ((await tx.person.count({ where: { id } })) === 0)
        throw new AppError("NOT_FOUND", {}, { detail: `person ${id}` });
      throw new AppError("STALE");
    }
    if (disabled === true) {
      await tx.session.deleteMany({ where: { personId: id } });
      await tx.clue.updateMany({ where: { leasedBy: id }, data: { leasedBy: null, leasedUntil: null } });
    }
    await appendCustody(tx, {
      action: disabled === true ? "person.disabled" : disabled === false ? "person.enabled" : "person.changed",
      subject: `person:${id}`,
      actor: { kind: "person", id: actor.id, name: actor.name },
      detail: {
        fields: Object.keys(body).filter((key) => key !== "version"),
        ...(duties === undefined ? {} : { duties }),
        ...(districts === undefined ? {} : { districts }),
      },
    });
    // Behind the custody entry, whose lock makes two administrators who disable one another take turns.
    const left = await tx.person.count({ where: { disabledAt: null, duties: { has: "administrator" } } });
    if (left === 0) throw new AppError("LAST_ADMINISTRATOR");
  });
}
