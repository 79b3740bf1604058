import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import type { Deps } from "../deps.ts";
import { generatePassword, hashPassword } from "./passwords.ts";
import type { SignedIn } from "./sessions.ts";

/** Gives an account a new password to hand out: shown this once, changed at the first sign-in; its sessions end. */
export async function resetPassword(
  deps: Deps,
  id: string,
  actor: SignedIn,
): Promise<{ login: string; password: string }> {
  if (id === actor.id) throw new AppError("OWN_ACCOUNT");
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  return deps.db.$transaction(async (tx) => {
    const person = await tx.person.findUnique({ where: { id }, select: { login: true } });
    if (person === null) throw new AppError("NOT_FOUND", {}, { detail: `person ${id}` });
    await tx.person.update({
      where: { id },
      data: { passwordHash, mustChangePassword: true, version: { increment: 1 } },
    });
    await tx.session.deleteMany({ where: { personId: id } });
    await appendCustody(tx, {
      action: "person.password_reset",
      subject: `person:${id}`,
      actor: { kind: "person", id: actor.id, name: actor.name },
      detail: { login: person.login },
    });
    return { login: person.login, password };
  });
}
