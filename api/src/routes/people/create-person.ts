import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { idSchema, newPersonBodySchema } from "@mingcha/models/http";
import { z } from "zod";
import { assertDutiesCompatible } from "../../people/assert-duties.ts";
import { hashPassword } from "../../people/passwords.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/people: the administrator makes an account. */
export const registerCreatePerson: RegisterRoute = (app, deps) => {
  app.post(
    "/api/people",
    {
      config: { access: ["administrator"] },
      schema: { body: newPersonBodySchema, response: { 200: z.object({ id: idSchema }) } },
    },
    async (request) => {
      const { password, qualifiedFrom, qualifiedTo, legallyQualifiedFrom, legallyQualifiedTo, badgeNo, ...rest } =
        request.body;
      assertDutiesCompatible(rest.duties);
      const actor = personOf(request);
      const passwordHash = await hashPassword(password);
      const data = {
        ...rest,
        passwordHash,
        badgeNo: badgeNo ?? null,
        qualifiedFrom: dayOf(qualifiedFrom),
        qualifiedTo: dayOf(qualifiedTo),
        legallyQualifiedFrom: dayOf(legallyQualifiedFrom),
        legallyQualifiedTo: dayOf(legallyQualifiedTo),
      };
      try {
        return await deps.db.$transaction(async (tx) => {
          const { id } = await tx.person.create({ data });
          await appendCustody(tx, {
            action: "person.created",
            subject: `person:${id}`,
            actor: { kind: "person", id: actor.id, name: actor.name },
            detail: { duties: rest.duties },
          });
          return { id };
        });
      } catch (error) {
        if (isDuplicate(error))
          throw new AppError("BAD_INPUT", { reason: "该用户名已存在 / this login exists already" });
        throw error;
      }
    },
  );
};

/** Midnight UTC of a calendar day, as date columns keep it. */
export const dayOf = (day: string | undefined): Date | null =>
  day === undefined ? null : new Date(`${day}T00:00:00Z`);
