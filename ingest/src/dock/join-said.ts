import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { Said } from "@mingcha/models/dock";
import { machine } from "../intake/intake-deps.ts";
import { asEntry } from "../intake/join-telemetry.ts";
import { lockFor } from "../intake/lock-for.ts";
import { addChecks, compareSaid } from "../intake/said-of-dock.ts";

/**
 * A message that came after its file had been found without one: what it says is compared with the clip all the same, also where the same recording
 * had come before. Under the lock of the file's group: a clip that is being written now is there after it, or has read the message.
 */
export async function joinSaid(tx: DatabaseOrTransaction, intakeId: string, said: Said): Promise<void> {
  const { groupId } = await tx.intake.findUniqueOrThrow({ where: { id: intakeId }, select: { groupId: true } });
  await lockFor(tx, `group:${groupId ?? intakeId}`);
  const { clipId } = await tx.intake.findUniqueOrThrow({ where: { id: intakeId }, select: { clipId: true } });
  const clip = clipId === null ? null : await tx.clip.findUnique({ where: { id: clipId }, include: { source: true } });
  if (clip === null) return;
  const points = await tx.telemetryPoint.findMany({ where: { clipId: clip.id }, orderBy: { offsetMs: "asc" } });
  const checks = await addChecks(tx, clip.id, compareSaid(said, points.map(asEntry), clip, clip.source.timezone));
  if (checks.length === 0) return;
  await appendCustody(tx, {
    action: "clip.telemetry-compared",
    subject: `clip:${clip.id}`,
    actor: machine,
    detail: { with: "dock message", notes: checks.map(({ en }) => en) },
  });
}
