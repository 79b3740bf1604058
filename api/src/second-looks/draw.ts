import { createHash, createHmac, randomBytes } from "node:crypto";
import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { drawText, drawValue, isDrawn, type SecondLookKind } from "@mingcha/models/clue";
import { dueDate, localDay, type Profile } from "@mingcha/models/profile";

interface Decision {
  readonly kind: SecondLookKind;
  readonly clueId: string;
  readonly round: number;
  readonly violation: string;
  readonly personId: string;
  readonly reasonCode: string | null;
}

/** The number of a draw under a key: what an auditor computes again. */
export const drawnValue = (
  key: Uint8Array,
  { kind, clueId, round }: Pick<Decision, "kind" | "clueId" | "round">,
): number =>
  drawValue(
    createHmac("sha256", key)
      .update(drawText(kind, clueId, round))
      .digest("hex"),
  );

export const keyHash = (key: Uint8Array): string => createHash("sha256").update(key).digest("hex");

/**
 * Lets a decision take part in the draw, inside the transaction that makes it: drawn or not, the row and its number stay. The key is the
 * bureau's day's, made here by the first draw of the day and committed to in the custody log before anything is drawn with it.
 */
export async function draw(
  tx: DatabaseOrTransaction,
  { profile, now }: { profile: Profile; now: () => Date },
  decision: Decision,
): Promise<{ day: string; value: number; rate: number; drawn: boolean }> {
  const { discardRate, mergedRate, discardWorkingDays } = profile.secondLooks;
  const day = localDay(now(), profile.timezone);
  const key = await keyOf(tx, day);
  const rate = decision.kind === "discard" ? discardRate : mergedRate;
  const value = drawnValue(key, decision);
  const drawn = isDrawn(value, rate);
  const due = dueDate(profile, day, discardWorkingDays, "working_day").day;
  await tx.secondLook.create({
    data: {
      clueId: decision.clueId,
      kind: decision.kind,
      round: decision.round,
      violation: decision.violation,
      ofPersonId: decision.personId,
      reasonCode: decision.reasonCode,
      day,
      value,
      rate,
      drawn,
      drawnAt: now(),
      dueAt: new Date(`${due}T15:59:59Z`),
    },
  });
  return { day, value, rate, drawn };
}

async function keyOf(tx: DatabaseOrTransaction, day: string): Promise<Uint8Array> {
  const known = await tx.drawKey.findUnique({ where: { day } });
  if (known !== null) return known.key;
  const made = await tx.drawKey.createMany({
    data: [{ day, key: new Uint8Array(randomBytes(32)) }],
    skipDuplicates: true,
  });
  const { key } = await tx.drawKey.findUniqueOrThrow({ where: { day } });
  if (made.count === 1)
    await appendCustody(tx, {
      action: "draw.key_committed",
      subject: `draw_key:${day}`,
      actor: { kind: "machine", id: "api", name: "api" },
      detail: { keySha256: keyHash(key) },
    });
  return key;
}
