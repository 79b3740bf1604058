import { appendCustody } from "@mingcha/infra/custody";
import type { Deps } from "../deps.ts";

/**
 * Sends what waits to be sent, each under its own id, so that a gateway that is asked twice after a crash sends once. One server at a time
 * holds a message; one that failed is told and stays for a person to repeat.
 * @returns how many were handled.
 */
export async function sendDissuasions(deps: Pick<Deps, "db" | "notify">): Promise<number> {
  const waiting = await deps.db.dissuasion.findMany({
    where: { outcome: "pending" },
    orderBy: { sentAt: "asc" },
    take: 20,
  });
  let handled = 0;
  for (const { id } of waiting)
    handled += await deps.db.$transaction(
      async (tx) => {
        const [row] = await tx.$queryRaw<
          { channel: "sms" | "voice"; recipient: string; text: string; clueId: string }[]
        >`
          select channel, recipient, text, clue_id as "clueId" from dissuasion
          where id = ${id}::uuid and outcome = 'pending' for update skip locked`;
        if (row === undefined) return 0;
        const { channel, recipient, text } = row;
        const { outcome, receipt } = await deps.notify({ id, channel, recipient, text });
        await tx.dissuasion.update({ where: { id }, data: { outcome, receipt } });
        await appendCustody(tx, {
          action: "dissuasion.sent",
          subject: `clue:${row.clueId}`,
          actor: { kind: "machine", id: "api", name: "api" },
          detail: { dissuasionId: id, channel, outcome, receipt },
        });
        return 1;
      },
      { timeout: 30_000 },
    );
  return handled;
}
