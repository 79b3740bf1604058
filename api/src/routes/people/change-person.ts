import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { changePersonBodySchema, idSchema, okSchema } from "@mingcha/models/http";
import { z } from "zod";
import { assertDutiesCompatible } from "../../people/assert-duties.ts";
import { hashPassword } from "../../people/passwords.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";
import { dayOf } from "./create-person.ts";

/** PATCH /api/people/{id}: the administrator changes an account; a new password or a disabling ends its sessions. */
export const registerChangePerson: RegisterRoute = (app, deps) => {
  app.patch(
    "/api/people/:id",
    {
      config: { access: ["administrator"] },
      schema: { params: z.object({ id: idSchema }), body: changePersonBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      const { password, disabled, qualifiedFrom, qualifiedTo, name, badgeNo, duties } = request.body;
      const { legallyQualifiedFrom, legallyQualifiedTo } = request.body;
      if (duties !== undefined) assertDutiesCompatible(duties);
      const actor = personOf(request);
      const { id } = request.params;
      if (id === actor.id && disabled === true)
        throw new AppError("BAD_INPUT", { reason: "不能停用自己 / you cannot disable yourself" });
      const passwordHash = password === undefined ? undefined : await hashPassword(password);
      await deps.db.$transaction(async (tx) => {
        const changed = await tx.person.updateMany({
          where: { id },
          data: {
            ...(name === undefined ? {} : { name }),
            ...(badgeNo === undefined ? {} : { badgeNo }),
            ...(duties === undefined ? {} : { duties }),
            ...(qualifiedFrom === undefined ? {} : { qualifiedFrom: dayOf(qualifiedFrom) }),
            ...(qualifiedTo === undefined ? {} : { qualifiedTo: dayOf(qualifiedTo) }),
            ...(legallyQualifiedFrom === undefined ? {} : { legallyQualifiedFrom: dayOf(legallyQualifiedFrom) }),
            ...(legallyQualifiedTo === undefined ? {} : { legallyQualifiedTo: dayOf(legallyQualifiedTo) }),
            ...(passwordHash === undefined ? {} : { passwordHash }),
            ...(disabled === undefined ? {} : { disabledAt: disabled ? deps.now() : null }),
          },
        });
        if (changed.count !== 1) throw new AppError("NOT_FOUND", {}, { detail: `person ${id}` });
        if (disabled === true || passwordHash !== undefined) await tx.session.deleteMany({ where: { personId: id } });
        await appendCustody(tx, {
          action: "person.changed",
          subject: `person:${id}`,
          actor: { kind: "person", id: actor.id, name: actor.name },
          detail: { fields: Object.keys(request.body) },
        });
      });
      return { ok: true as const };
    },
  );
};
