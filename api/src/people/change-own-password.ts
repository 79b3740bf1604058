import { appendCustody } from "@mingcha/infra/custody";
import { AppError, passwordFlaw } from "@mingcha/models";
import type { Deps } from "../deps.ts";
import { hashPassword } from "./passwords.ts";
import type { SignedIn } from "./sessions.ts";
import { confirmPassword } from "./step-up.ts";

/** The own password: the present one is asked for and counted like at step-up; every other session of the account ends. */
export async function changeOwnPassword(
  deps: Deps,
  person: SignedIn,
  { current, next }: { current: string; next: string },
): Promise<void> {
  const flaw =
    current === next
      ? { zh: "与现有密码相同", en: "It is the present password" }
      : passwordFlaw(next, { login: person.login, name: person.name });
  if (flaw !== null) throw new AppError("WEAK_PASSWORD", flaw);
  await confirmPassword(deps, person, current);
  const passwordHash = await hashPassword(next);
  await deps.db.$transaction(async (tx) => {
    await tx.person.update({
      where: { id: person.id },
      data: { passwordHash, mustChangePassword: false, version: { increment: 1 } },
    });
    await tx.session.deleteMany({ where: { personId: person.id, id: { not: person.session.id } } });
    await appendCustody(tx, {
      action: "person.password_changed",
      subject: `person:${person.id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { login: person.login },
    });
  });
}
