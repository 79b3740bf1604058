import { setTimeout as sleep } from "node:timers/promises";
import type { Database, IntakeModel } from "@mingcha/infra/db";

const lookEveryMs = 300;

/** Waits until a file is stored or refused, or says that it waits for room, or the time is over. */
export async function waitForOutcome(db: Pick<Database, "intake">, id: string, limitMs: number): Promise<IntakeModel> {
  const until = Date.now() + limitMs;
  for (;;) {
    const intake = await db.intake.findUniqueOrThrow({ where: { id } });
    const isSettled = intake.state !== "WAITING" || intake.reasonCode === "STORE_FULL";
    if (isSettled || Date.now() > until) return intake;
    await sleep(lookEveryMs);
  }
}
