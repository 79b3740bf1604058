import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import type { newPersonBodySchema } from "@mingcha/models/http";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import { assertDistrictsKnown } from "./assert-districts.ts";
import { assertDutiesCompatible } from "./assert-duties.ts";
import { generatePassword, hashPassword } from "./passwords.ts";
import { dateOf } from "./qualification.ts";
import type { SignedIn } from "./sessions.ts";

/** Makes an account with a password that is shown this once and must be changed at the first sign-in. */
export async function createPerson(
  deps: Deps,
  body: z.output<typeof newPersonBodySchema>,
  actor: SignedIn,
): Promise<{ id: string; login: string; password: string }> {
  const { login, name, badgeNo, duties, districts, certificate } = body;
  assertDutiesCompatible(duties);
  assertDistrictsKnown(deps.profile, districts);
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  try {
    return await deps.db.$transaction(async (tx) => {
      const { id } = await tx.person.create({
        data: {
          login,
          name,
          badgeNo: badgeNo ?? null,
          duties,
          districts,
          passwordHash,
          mustChangePassword: true,
          ...(certificate === undefined
            ? {}
            : {
                certificates: {
                  create: {
                    number: certificate.number,
                    validFrom: dateOf(certificate.validFrom),
                    validTo: dateOf(certificate.validTo),
                    createdBy: actor.id,
                  },
                },
              }),
        },
      });
      await appendCustody(tx, {
        action: "person.created",
        subject: `person:${id}`,
        actor: { kind: "person", id: actor.id, name: actor.name },
        detail: {
          login,
          duties,
          districts,
          ...(certificate === undefined
            ? {}
            : { certificate: { validFrom: certificate.validFrom, validTo: certificate.validTo } }),
        },
      });
      return { id, login, password };
    });
  } catch (error) {
    if (isDuplicate(error)) throw new AppError("BAD_INPUT", { reason: "该用户名已存在 / this login exists already" });
    throw error;
  }
}
