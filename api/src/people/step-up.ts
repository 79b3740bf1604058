import { appendCustody } from "@mingcha/infra/custody";
import { AppError, stepUpFailuresMax } from "@mingcha/models";
import type { Deps } from "../deps.ts";
import { checkPassword } from "./passwords.ts";
import type { SignedIn } from "./sessions.ts";

type StepUpDeps = Pick<Deps, "environment" | "now">;

/** Until when the person's steps of the law are accepted without the password. */
export function stepUpUntil({ environment }: Pick<Deps, "environment">, confirmedAt: Date): Date {
  return new Date(confirmedAt.getTime() + environment.MINGCHA_STEP_UP_S * 1_000);
}

/** Throws STEP_UP_NEEDED where the password was typed in too long ago. */
export function assertStepUp(deps: StepUpDeps, person: SignedIn): void {
  if (deps.now() <= stepUpUntil(deps, person.session.confirmedAt)) return;
  const minutes = String(Math.max(1, Math.round(deps.environment.MINGCHA_STEP_UP_S / 60)));
  throw new AppError("STEP_UP_NEEDED", { minutes });
}

/**
 * Checks the own password of a session. Every try is counted before it is checked, so that many at once are no more than many in a row;
 * too many end the session. @throws WRONG_PASSWORD, NOT_SIGNED_IN
 */
export async function confirmPassword(
  deps: Pick<Deps, "db" | "now">,
  person: SignedIn,
  password: string,
): Promise<void> {
  const { db } = deps;
  const session = { id: person.session.id };
  const counted = await db.session.updateMany({
    where: { ...session, failures: { lt: stepUpFailuresMax } },
    data: { failures: { increment: 1 } },
  });
  const row = await db.person.findUniqueOrThrow({ where: { id: person.id }, select: { passwordHash: true } });
  if (counted.count === 1 && (await checkPassword(row.passwordHash, password))) {
    await db.session.updateMany({ where: session, data: { failures: 0, confirmedAt: deps.now() } });
    return;
  }
  const failures = (await db.session.findUnique({ where: session, select: { failures: true } }))?.failures;
  const isOver = failures === undefined || failures >= stepUpFailuresMax;
  await db.$transaction(async (tx) => {
    if (isOver) await tx.session.deleteMany({ where: session });
    await appendCustody(tx, {
      action: "session.password_wrong",
      subject: `person:${person.id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { failures: failures ?? stepUpFailuresMax, ended: isOver },
    });
  });
  if (isOver) throw new AppError("NOT_SIGNED_IN");
  throw new AppError("WRONG_PASSWORD", { left: String(stepUpFailuresMax - failures) });
}
